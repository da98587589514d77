import type { Notes } from '../../notes.ts';
import { type Experience, isSame, learn, type Lesson, NOTHING_LEARNT, readExperience } from './experience.ts';
import type { Transport } from './transports.ts';

/** For so long what is known here counts as what all processes know. Milliseconds; ours. */
const FRESH_MS = 15_000;
/** Interactions whose transport is remembered; ours, many times what a process waits for. */
const MOST_NAMES = 1_000;

/** What this process knows of the ways to speak to Omni, shared with others through their notes. */
export class OmniMemory {
  readonly #name: string;
  #experience = NOTHING_LEARNT;
  #readAt = -Infinity;
  /** Of interactions that were ordered here; of others it is not known. */
  readonly #orderedBy = new Map<string, Transport>();
  /** Interactions that could not be read: each is one lost clip, however often it is asked about. */
  readonly #unread = new Set<string>();

  /** @param name of the notes: what holds for one model on one surface holds for no other. */
  constructor(name: string) {
    this.#name = name;
  }

  /** What is known. Notes that cannot be read are as none. */
  async recall(notes: Notes | undefined): Promise<Experience> {
    if (notes && performance.now() - this.#readAt > FRESH_MS) {
      this.#readAt = performance.now();
      const text = await notes.read(this.#name).catch(() => null);
      if (text !== null) this.#experience = readExperience(text);
    }
    return this.#experience;
  }

  /** Adds what was seen, and notes it where it is new. A clip is worth more than the note: it fails for none. */
  async learn(lesson: Lesson, notes: Notes | undefined): Promise<void> {
    const before = await this.recall(notes);
    this.#experience = learn(before, lesson, new Date());
    if (!notes || isSame(before, this.#experience)) return;
    await notes.write(this.#name, JSON.stringify(this.#experience)).catch(() => {});
  }

  /** Remembers by what an interaction was ordered. */
  note(operationName: string, transport: Transport): void {
    remember(this.#orderedBy, operationName, transport);
  }

  /** An interaction was read. */
  read(operationName: string, way: string, notes: Notes | undefined): Promise<void> {
    this.#unread.delete(operationName);
    return this.learn({ saw: 'READ', way, of: this.#transportOf(operationName) }, notes);
  }

  /** No way led to an interaction. */
  async unread(operationName: string, notes: Notes | undefined): Promise<void> {
    if (this.#unread.has(operationName)) return;
    if (this.#unread.size >= MOST_NAMES) this.#unread.clear();
    this.#unread.add(operationName);
    await this.learn({ saw: 'LOST', of: this.#transportOf(operationName) }, notes);
  }

  /** It is the background ones that live by being read. */
  #transportOf = (operationName: string): Transport => this.#orderedBy.get(operationName) ?? 'background';
}

function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  if (map.size >= MOST_NAMES) map.clear();
  map.set(key, value);
}
