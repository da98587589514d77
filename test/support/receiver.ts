/** A webhook's receiver on this machine, which answers as it is told. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Received = { headers: IncomingHttpHeaders; body: string };

export type Receiver = {
  url: string;
  /** What was posted to it, in order of arrival. */
  received: Received[];
  /** How it answers from now on; 204 unless told. */
  answer: (response: ServerResponse, request: Received) => void;
  /** Waits until `count` messages have arrived. */
  heard(count: number): Promise<Received[]>;
  /** Whether it can be reached. */
  listen(): Promise<void>;
  hangUp(): Promise<void>;
};

/** Starts it on a free port of 127.0.0.1. */
export async function startReceiver(): Promise<Receiver> {
  let wake: (() => void) | null = null;
  const server = createServer(async (request, response) => {
    const message = { headers: request.headers, body: await text(request) };
    receiver.received.push(message);
    receiver.answer(response, message);
    wake?.();
  });
  const listenOn = (port: number) =>
    new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  await listenOn(0);
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hooks`,
    received: [],
    answer: (response) => response.writeHead(204).end(),
    async heard(count) {
      while (receiver.received.length < count) await new Promise<void>((resolve) => (wake = resolve));
      return receiver.received;
    },
    listen: () => listenOn(port),
    hangUp: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
