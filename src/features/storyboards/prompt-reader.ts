/** Reading prompts where everybody waits for it. */
import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { aside } from '../../platform/aside/aside.ts';
import type { Actor } from '../../platform/context.ts';

/** Characters of a prompt that is read on the spot; the longest takes ten times as long, some milliseconds. */
const SHORT_PROMPT = 2_000;
/** Ours: what is estimated in a while; a number each, or what is said of up to 15 scenes, some kB. */
const MOST_READ = 1_000;

/** Reads short prompts on the spot and long ones beside the event loop, those once each; a digest of them is kept. */
export class PromptReader<Asked extends { prompt: string }, Found extends number | object> {
  readonly #module: URL;
  readonly #task: (asked: Asked) => Found;
  readonly #found = new LRUCache<string, Found>({ max: MOST_READ });
  /** Those that are being read: many ask for the same at once. */
  readonly #reading = new Map<string, Promise<Found>>();

  /** @param module whose default is the `task`, as `moduleBeside` names it. */
  constructor(module: URL, task: (asked: Asked) => Found) {
    this.#module = module;
    this.#task = task;
  }

  /** Whether `read` takes no time. */
  isKnown(asked: Asked): boolean {
    return isShort(asked) || this.#found.has(nameOf(asked));
  }

  /**
   * Has a long prompt read beside the event loop, so that `read` need not. Outside of transactions: it may have to wait for
   * its turn.
   *
   * @throws {DomainError} `OVERLOADED` if the actor has too much waiting already.
   */
  async foresee(asked: Asked, { name: whose }: Actor): Promise<void> {
    if (this.isKnown(asked)) return;
    const name = nameOf(asked);
    const known = this.#reading.get(name);
    if (known) return void (await known);
    const found = aside.do<Found>(this.#module, asked, { whose, bytes: asked.prompt.length });
    this.#reading.set(name, found);
    try {
      this.#found.set(name, await found);
    } finally {
      this.#reading.delete(name);
    }
  }

  /** What is found in it; a long one that was not foreseen is read on the spot all the same. */
  read(asked: Asked): Found {
    return (isShort(asked) ? undefined : this.#found.get(nameOf(asked))) ?? this.#task(asked);
  }
}

const isShort = ({ prompt }: { prompt: string }): boolean => prompt.length <= SHORT_PROMPT;
/** Of the prompt that was named last: an estimate asks for the same one several times, and to digest it takes longest. */
let last = { prompt: '', digest: '' };

function nameOf({ prompt, ...asked }: { prompt: string }): string {
  if (prompt !== last.prompt) last = { prompt, digest: hash('sha256', prompt, 'base64') };
  return JSON.stringify([last.digest, asked]);
}
