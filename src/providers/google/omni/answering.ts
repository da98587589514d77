/** Hears the answer to an order as it comes in, for the name that may be all that is left of it. */
import type { SubmitOptions } from '../../capabilities/clip.ts';
import type { Listener } from '../call.ts';
import { EventCutter, InteractionStory } from './events.ts';
import { nameOf } from './hear-interaction.ts';

/** Of an answer that is no stream: so much of its beginning is looked through for its id, in bytes; ours. */
const BEGINNING = 64 * 1_024;

const ID = /"id"\s*:\s*"([\w-]{4,200})"/;
const ADDRESS = /\binteractions\/([\w-]{4,200})/;

export class Answering implements Listener {
  /** Null before anything told it. */
  name: string | null = null;
  /** What its events told; nothing of an answer that is no stream. */
  readonly story = new InteractionStory();
  readonly #onNamed: SubmitOptions['onNamed'];
  readonly #cutter = new EventCutter();
  #isStream = false;
  #beginning = '';

  constructor(onNamed: SubmitOptions['onNamed']) {
    this.#onNamed = onNamed;
  }

  async head(headers: Headers): Promise<void> {
    this.#isStream = headers.get('content-type')?.includes('event-stream') === true;
    for (const [name, value] of headers) {
      const address = /location$/i.test(name) ? ADDRESS.exec(value)?.[1] : undefined;
      await this.#learn(address ?? (/interaction-id$/i.test(name) ? value : null));
    }
  }

  async piece(bytes: Buffer): Promise<void> {
    if (this.#isStream) {
      for (const event of this.#cutter.cut(bytes)) this.story.add(event);
      return this.#learn(this.story.id);
    }
    if (this.name !== null || this.#beginning.length >= BEGINNING) return;
    this.#beginning += bytes.toString('latin1');
    await this.#learn(ID.exec(this.#beginning)?.[1] ?? null);
  }

  async #learn(id: string | null): Promise<void> {
    if (id === null || this.name !== null) return;
    this.name = nameOf(id);
    await this.#onNamed?.(this.name);
  }
}
