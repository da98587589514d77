import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP proxy before a server, that does to connections what networks do. */
export class CutProxy {
  /** As in `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Connections that were made in all. */
  connections = 0;
  readonly #server;
  readonly #sockets = new Set<Socket>();
  #isStill = false;
  #isClosed = false;

  static async open(port: number): Promise<CutProxy> {
    const server = createServer({ pauseOnConnect: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new CutProxy(server, port);
  }

  private constructor(server: ReturnType<typeof createServer>, port: number) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('connection', (near) => {
      if (this.#isClosed) near.resetAndDestroy();
      else {
        this.connections += 1;
        this.#join(near, connect(port, '127.0.0.1'));
      }
    });
  }

  /** Resets every connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** Cuts, and resets whoever comes until `readmit`. */
  refuse(): void {
    this.#isClosed = true;
    this.cut();
  }

  readmit(): void {
    this.#isClosed = false;
  }

  /** Lets nothing through any more, and tells nobody, until `flow`. */
  still(): void {
    this.#isStill = true;
    for (const socket of this.#sockets) socket.pause();
  }

  flow(): void {
    this.#isStill = false;
    for (const socket of this.#sockets) socket.resume();
  }

  async close(): Promise<void> {
    this.#server.close();
    this.cut();
    await once(this.#server, 'close');
  }

  #join(near: Socket, far: Socket): void {
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.pipe(to);
      from.on('error', () => {});
      from.on('close', () => {
        this.#sockets.delete(from);
        to.resetAndDestroy();
      });
      if (this.#isStill) from.pause();
    }
  }
}
