import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';

const AT_ONCE = 50;

/** Many subscribers of one operation in one process, reduced to what a measurement needs. */
export class LiveAudience {
  readonly #url: string;
  readonly #payload: object;
  readonly #sockets: WebSocket[] = [];
  #arrived: number[] = [];
  #wanted = 0;
  #all: (() => void) | undefined;
  /** Bytes of the newest message. */
  bytes = 0;

  constructor(url: string, payload: object) {
    this.#url = url.replace('http', 'ws');
    this.#payload = payload;
  }

  /** Connects that many more, and waits for the first message of each. */
  async join(count: number): Promise<void> {
    for (let joined = 0; joined < count; joined += AT_ONCE) {
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - joined) }, () => this.#open()));
    }
  }

  async #open(): Promise<void> {
    const socket = new WebSocket(this.#url, 'graphql-transport-ws', { perMessageDeflate: false });
    this.#sockets.push(socket);
    await once(socket, 'open');
    const acknowledged = once(socket, 'message');
    socket.send('{"type":"connection_init"}');
    await acknowledged;
    const first = once(socket, 'message');
    socket.send(JSON.stringify({ id: randomUUID(), type: 'subscribe', payload: this.#payload }));
    const [message] = (await first) as [Buffer];
    if (!message.includes('"type":"next"')) throw new Error(String(message));
    socket.on('message', (data: Buffer) => this.#hear(socket, data));
  }

  #hear(socket: WebSocket, data: Buffer): void {
    // No parsing: it would cost more than the server spends on the message.
    if (data.includes('"type":"ping"')) return socket.send('{"type":"pong"}');
    this.bytes = data.length;
    this.#arrived.push(performance.now());
    if (this.#arrived.length === this.#wanted) this.#all?.();
  }

  /** Milliseconds from `publish` until each has the event. */
  async hear(publish: () => Promise<unknown>): Promise<number[]> {
    this.#arrived = [];
    this.#wanted = this.#sockets.length;
    const all = new Promise<void>((resolve) => (this.#all = resolve));
    const began = performance.now();
    await Promise.all([publish(), all]);
    return this.#arrived.map((at) => at - began);
  }

  /** Stops reading, as a process does that hangs. */
  pause(): void {
    for (const socket of this.#sockets) socket.pause();
  }

  resume(): void {
    for (const socket of this.#sockets) socket.resume();
  }

  /** How many the server has cut off, as far as they have noticed. */
  get ended(): number {
    return this.#sockets.filter(({ readyState }) => readyState !== WebSocket.OPEN).length;
  }

  leave(): void {
    for (const socket of this.#sockets) socket.terminate();
  }
}
