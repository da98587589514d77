/** What lies before a server of HTTP and can refuse everything in its name. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

const REFUSAL = 'HTTP/1.1 503 Slow Down\r\ncontent-length: 0\r\nconnection: close\r\n\r\n';

export type RefusingFront = {
  port: number;
  /** From now on every request is answered with 503, and what is on its way is cut. */
  refuse(): void;
  /** Lets everything through again. */
  letThrough(): void;
  close(): Promise<void>;
};

/** Starts one before what listens on `port` of this machine. */
export async function startRefusingFront(port: number): Promise<RefusingFront> {
  const open = new Set<Socket>();
  let isRefusing = false;
  const track = (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => {}).once('close', () => open.delete(socket));
  };
  const server = createServer((near) => {
    track(near);
    if (isRefusing) {
      near.once('data', () => near.end(REFUSAL));
      return;
    }
    const far = connect(port, '127.0.0.1');
    track(far);
    near.pipe(far).pipe(near);
    near.once('close', () => far.destroy());
    far.once('close', () => near.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => [...open].forEach((socket) => socket.destroy());
  return {
    port: (server.address() as AddressInfo).port,
    refuse() {
      isRefusing = true;
      cut();
    },
    letThrough: () => void (isRefusing = false),
    async close() {
      const closed = once(server, 'close');
      server.close();
      cut();
      await closed;
    },
  };
}
