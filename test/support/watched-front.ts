/** What lies before a vendor's server and sees each request before that does. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type WatchedFront = {
  url: string;
  /** Requests so far, in order: `POST /clips`. */
  requests: string[];
  /** Called for each, which waits for it; nothing unless set. */
  look: () => Promise<void>;
  close(): Promise<void>;
};

/** Starts one before the server at `target`. */
export async function startWatchedFront(target: string): Promise<WatchedFront> {
  const server = createServer((near, answer) => {
    const { method = 'GET', url = '/' } = near;
    front.requests.push(`${method} ${url}`);
    void front.look().finally(() => passOn(new URL(url, target), near, answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const front: WatchedFront = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    look: async () => {},
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return front;
}

/** What breaks behind it breaks before it too. */
function passOn(to: URL, near: IncomingMessage, answer: ServerResponse): void {
  const far = request(to, { method: near.method, headers: near.headers }, (reply) => {
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.once('error', () => near.socket.destroy());
    reply.pipe(answer);
  });
  far.once('error', () => near.socket.resetAndDestroy());
  answer.once('close', () => far.destroy());
  near.pipe(far);
}
