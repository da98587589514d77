import { Worker } from 'node:worker_threads';
import { DomainError } from '../../core/errors.ts';
import { Lane, type Load } from './lane.ts';
import type { Answer, Request } from './task.ts';

/** Ours, of its heap: with the schema it has about 30 MB; what a request of a megabyte is read into fits in beside it. */
const MEMORY_MEBIBYTES = 192;
/** Garbage of young objects is collected when there is so much of it: more would only stay resident. */
const YOUNG_MEBIBYTES = 16;
/**
 * What a millisecond on the event loop counts, where everybody waits, beside one in the thread: for that itself, and for
 * what follows of it, as a document that was read is executed.
 */
const EVENT_LOOP = 10;
/** Ours: far beyond the longest job. */
const PATIENCE_MILLISECONDS = 20_000;

export type AsideOptions = { lane?: Lane; memoryMebibytes?: number; patienceMilliseconds?: number };

type Pending = { resolve(answer: Answer & { kind: 'done' }): void; reject(error: unknown): void };

/**
 * A thread beside the event loop for work that a client causes and that takes milliseconds at a time. Whatever a client
 * sends, what dies of it is the thread; the next job starts another.
 */
export class Aside {
  readonly #lane: Lane;
  readonly #memoryMebibytes: number;
  readonly #patienceMilliseconds: number;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #lastId = 0;

  constructor({
    lane = new Lane(),
    memoryMebibytes = MEMORY_MEBIBYTES,
    patienceMilliseconds = PATIENCE_MILLISECONDS,
  }: AsideOptions = {}) {
    this.#lane = lane;
    this.#memoryMebibytes = memoryMebibytes;
    this.#patienceMilliseconds = patienceMilliseconds;
  }

  /** Starts the thread and loads a module there, so that its first job does not wait for it. */
  async warm(module: URL): Promise<void> {
    await this.#ask({ module: module.href });
  }

  /**
   * Has a module's {@link Task} done, when the turn of `load.whose` has come.
   *
   * @param follow what is to be done here with the output; it counts as if it took ten times as long.
   * @param module as `moduleBeside` names it.
   * @throws {DomainError} `OVERLOADED` if too much waits, `QUERY_TOO_COMPLEX` if it takes too much memory or time.
   */
  do<Output>(
    module: URL,
    input: unknown,
    load: Load,
    follow: (output: Output) => void = () => {},
  ): Promise<Output> {
    return this.#lane.do(load, async () => {
      const { result, milliseconds } = await this.#ask({ module: module.href, input });
      const output = result as Output;
      const from = performance.now();
      follow(output);
      return { result: output, milliseconds: milliseconds + EVENT_LOOP * (performance.now() - from) };
    });
  }

  async #ask(request: Omit<Request, 'id'>): Promise<Answer & { kind: 'done' }> {
    const worker = (this.#worker ??= this.#start());
    this.#lastId += 1;
    const id = this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<Answer & { kind: 'done' }>();
    this.#pending.set(id, { resolve, reject });
    worker.ref();
    const cut = setTimeout(() => this.#drop(worker, tooHeavy()), this.#patienceMilliseconds);
    try {
      worker.postMessage({ ...request, id } satisfies Request);
      return await promise;
    } finally {
      clearTimeout(cut);
      this.#pending.delete(id);
      if (this.#pending.size === 0) worker.unref();
    }
  }

  #start(): Worker {
    const worker = new Worker(moduleBeside(import.meta.url, './thread'), {
      resourceLimits: {
        maxOldGenerationSizeMb: this.#memoryMebibytes,
        maxYoungGenerationSizeMb: YOUNG_MEBIBYTES,
      },
    });
    worker.on('message', (answer: Answer) => {
      const pending = this.#pending.get(answer.id);
      if (answer.kind === 'done') pending?.resolve(answer);
      else pending?.reject(answer.error);
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      this.#drop(worker, error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooHeavy() : error);
    });
    worker.on('exit', () => this.#drop(worker, new Error('The thread has ended.')));
    return worker;
  }

  #drop(worker: Worker, why: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    void worker.terminate();
    for (const pending of this.#pending.values()) pending.reject(why);
  }
}

const tooHeavy = () =>
  new DomainError(
    'QUERY_TOO_COMPLEX',
    'To read it takes more memory or time than one request may; ask for less, or in several steps.',
  );

/** The process's own. */
export const aside = new Aside();

/** The module beside another one that is to be done aside: `moduleBeside(import.meta.url, './count-scenes.task')`. */
export const moduleBeside = (url: string, name: string): URL =>
  new URL(`${name}.${url.endsWith('.ts') ? 'ts' : 'js'}`, url);
