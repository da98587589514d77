import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export type Request = { id: number } & (
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'reset' }
  | { kind: 'close' }
);
export type Answer =
  | { id: number; kind: 'data'; data: Uint8Array }
  | { id: number; kind: 'done' }
  | { id: number; kind: 'failed'; message: string };

type Waiting = {
  resolve(): void;
  reject(error: Error): void;
  onData: ((data: Uint8Array) => void) | undefined;
};

const STOPPED = 'The embedded database has stopped.';

/** PGlite in a thread of its own, so that a long query never holds up the event loop. */
export class EmbeddedThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #isClosing = false;
  #hasEnded = false;

  private constructor(worker: Worker, onLost: (reason: string) => void) {
    this.#worker = worker;
    worker.on('message', (answer: Answer) => this.#take(answer));
    worker.on('error', (error) => this.#failAll(error));
    worker.on('exit', () => {
      this.#hasEnded = true;
      this.#failAll(new Error(STOPPED));
      if (!this.#isClosing) onLost(STOPPED);
    });
  }

  /**
   * @param directory where the cluster lives; `memory://` keeps it in memory.
   * @param onLost told why the thread ended by itself; nothing is answered any more then.
   */
  static async start(directory: string, onLost: (reason: string) => void): Promise<EmbeddedThread> {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const worker = new Worker(new URL(`./embedded-worker.${extension}`, import.meta.url), {
      workerData: { directory },
    });
    await once(worker, 'message');
    return new EmbeddedThread(worker, onLost);
  }

  /** Sends whole protocol messages; resolves when PGlite has answered them all through `onData`. */
  send(bytes: Uint8Array, onData: (data: Uint8Array) => void): Promise<void> {
    return this.#ask({ kind: 'bytes', bytes }, onData);
  }

  /** Rolls back and forgets everything the session knew. */
  reset(): Promise<void> {
    return this.#ask({ kind: 'reset' });
  }

  /** Writes a checkpoint and ends the thread. */
  close(): Promise<void> {
    this.#isClosing = true;
    return this.#ask({ kind: 'close' });
  }

  #ask(
    request: { kind: 'bytes'; bytes: Uint8Array } | { kind: 'reset' | 'close' },
    onData?: Waiting['onData'],
  ): Promise<void> {
    // Nobody would take the message, nor say so.
    if (this.#hasEnded) return Promise.reject(new Error(STOPPED));
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      this.#waiting.set(id, { resolve, reject, onData });
      this.#worker.postMessage({ ...request, id });
    });
  }

  #take(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    if (!waiting) return;
    if (answer.kind === 'data') {
      waiting.onData?.(answer.data);
      return;
    }
    this.#waiting.delete(answer.id);
    if (answer.kind === 'done') waiting.resolve();
    else waiting.reject(new Error(answer.message));
  }

  #failAll(error: Error): void {
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}
