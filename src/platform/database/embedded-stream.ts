import { Duplex } from 'node:stream';
import type { EmbeddedThread } from './embedded-thread.ts';

const TERMINATE = 0x58; // 'X', PostgreSQL documentation, 55.7 Message Formats

/** What `pg` takes for a socket, its other end being PGlite in a thread: no port, no server process. */
export class EmbeddedStream extends Duplex {
  readonly #thread: EmbeddedThread;
  #pending = Buffer.alloc(0);
  #started = false;

  constructor(thread: EmbeddedThread) {
    super();
    this.#thread = thread;
  }

  connect(): this {
    queueMicrotask(() => this.emit('connect'));
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#forward(chunk).then(() => done(), done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#forward(Buffer.concat(chunks.map(({ chunk }) => chunk))).then(() => done(), done);
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
  }

  /** Hands over whole messages only, all that have arrived in one go. */
  async #forward(chunk: Buffer): Promise<void> {
    const buffer = this.#pending.length > 0 ? Buffer.concat([this.#pending, chunk]) : chunk;
    const { end, terminated } = this.#wholeMessages(buffer);
    this.#pending = terminated ? Buffer.alloc(0) : Buffer.from(buffer.subarray(end));
    if (end > 0) {
      await this.#thread.send(new Uint8Array(buffer.subarray(0, end)), (data) =>
        this.push(Buffer.from(data)),
      );
    }
    if (terminated) await this.#thread.reset();
  }

  #wholeMessages(buffer: Buffer): { end: number; terminated: boolean } {
    let end = 0;
    for (;;) {
      // The start-up message alone has no type byte before its length.
      const typeBytes = this.#started ? 1 : 0;
      if (buffer.length < end + typeBytes + 4) return { end, terminated: false };
      if (this.#started && buffer[end] === TERMINATE) return { end, terminated: true };
      const next = end + typeBytes + buffer.readInt32BE(end + typeBytes);
      if (buffer.length < next) return { end, terminated: false };
      this.#started = true;
      end = next;
    }
  }
}
