/** The physical limit of fan-out: `ws` sends everybody one constant string, whose length is its argument. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

const bytes = Number(process.argv[2]);
const filled = (length: number) =>
  `{"id":"1","type":"next","payload":{"data":{"x":"${'x'.repeat(length)}"}}}`;
const message = filled(Math.max(0, bytes - filled(0).length));

const subscribers = new Set<WebSocket>();
const server = createServer((request, response) => {
  for (const socket of subscribers) socket.send(message);
  request.resume();
  response.end('{}');
});
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket) => {
  socket.on('message', (data: Buffer) => {
    if (data.includes('connection_init')) socket.send('{"type":"connection_ack"}');
    else if (data.includes('subscribe')) {
      subscribers.add(socket);
      socket.send(message);
    }
  });
  socket.on('close', () => subscribers.delete(socket));
});
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
});
