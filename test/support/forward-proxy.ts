/** A forward proxy as companies have them between their machines and the internet; it leads everywhere to one place. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

export type ForwardProxy = {
  /** As in `HTTPS_PROXY`. */
  url: string;
  /** What was asked of it: `GET http://host/path`, or `CONNECT host:443`. */
  asked: string[];
  /** The first bytes that went through each tunnel, as Latin-1. */
  tunnelled: string[];
  close(): Promise<void>;
};

/** @param target where all it is asked for really is, as in `http://127.0.0.1:1234`. */
export async function startForwardProxy(target: string): Promise<ForwardProxy> {
  const { hostname, port } = new URL(target);
  const [asked, tunnelled]: [string[], string[]] = [[], []];
  const server = createServer((incoming, response) => {
    const { method, headers, url = '' } = incoming;
    asked.push(`${method} ${url}`);
    const { pathname, search } = new URL(url);
    const onward = request({ hostname, port, method, headers, path: pathname + search }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(onward).on('error', () => response.writeHead(502).end());
  });
  server.on('connect', (incoming, socket) => {
    asked.push(`CONNECT ${incoming.url}`);
    const onward = connect(Number(port), hostname);
    for (const end of [socket, onward]) end.on('error', () => {});
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    socket.once('data', (chunk: Buffer) => tunnelled.push(chunk.toString('latin1')));
    socket.pipe(onward).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    tunnelled,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
