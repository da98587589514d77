/** Server-sent events of an interaction (reference of `InteractionSSEEvent`, @google/genai 3.1.0). Pure. */
import { field, listOf, parseJson, textOf } from '../json-walk.ts';

/** Cuts a body into the data of its events, as it comes. */
export class EventCutter {
  readonly #decoder = new TextDecoder();
  /** Of a line that has not ended: a film in base64 is one line. */
  #pieces: string[] = [];
  #data: string[] = [];

  /** What is whole after this much more. */
  cut(bytes: Uint8Array): string[] {
    const [first = '', ...rest] = this.#decoder.decode(bytes, { stream: true }).split('\n');
    this.#pieces.push(first);
    return rest.flatMap((next) => {
      const line = this.#pieces.join('').replace(/\r$/, '');
      this.#pieces = [next];
      return this.#take(line);
    });
  }

  #take(line: string): string[] {
    if (line.startsWith('data:')) this.#data.push(line.slice('data:'.length).trimStart());
    if (line !== '' || this.#data.length === 0) return [];
    const data = this.#data.join('\n');
    this.#data = [];
    return [data];
  }
}

type Content = Record<string, unknown>;
type Step = { content: Content[] } & Record<string, unknown>;

/** An interaction as its events tell it, up to the last of them. */
export class InteractionStory {
  #told: Record<string, unknown> = {};
  readonly #steps = new Map<number, Step>();
  /** By which the stream is gone on with; null before the first that has one. */
  lastEventId: string | null = null;
  /** Whether its last event came. */
  isOver = false;

  /** Its id; null before it was told. */
  get id(): string | null {
    return textOf(this.#told['id']);
  }

  /** Adds an event; what is none of these is left out. */
  add(data: string): void {
    const event = parseJson(data);
    this.lastEventId = textOf(field(event, 'event_id')) ?? this.lastEventId;
    const interaction = field(event, 'interaction');
    if (typeof interaction === 'object' && interaction !== null)
      this.#told = { ...this.#told, ...known(interaction) };
    switch (field(event, 'event_type')) {
      case 'interaction.completed':
        this.isOver = true;
        this.#told['status'] ??= 'completed';
        return;
      case 'interaction.status_update':
        this.#told = {
          ...this.#told,
          ...known({
            id: field(event, 'interaction_id'),
            status: field(event, 'status'),
            usage: field(event, 'usage'),
          }),
        };
        return;
      case 'error':
        this.isOver = true;
        // How it stands after that, the error alone tells.
        this.#told = { ...this.#told, status: undefined, error: field(event, 'error') };
        return;
      case 'step.start':
        this.#begin(indexOf(event), field(event, 'step'));
        return;
      case 'step.delta':
        this.#grow(indexOf(event), field(event, 'delta'));
    }
  }

  /** The interaction, as it would be read by its id. */
  tell(): Record<string, unknown> {
    const steps = [...this.#steps].toSorted(([one], [other]) => one - other).map(([, step]) => whole(step));
    return steps.length > 0 && listOf(this.#told['steps']).length === 0
      ? { ...this.#told, steps }
      : this.#told;
  }

  #begin(index: number, step: unknown): void {
    const fields = typeof step === 'object' && step !== null ? known(step) : {};
    this.#steps.set(index, { ...fields, content: listOf(field(step, 'content')) as Content[] });
  }

  #grow(index: number, delta: unknown): void {
    if (typeof delta !== 'object' || delta === null) return;
    const step = this.#steps.get(index) ?? { type: 'model_output', content: [] };
    this.#steps.set(index, step);
    const last = step.content.at(-1);
    const [type, text, data] = ['type', 'text', 'data'].map((name) => field(delta, name));
    if (type === 'text' && last?.['type'] === 'text')
      last['text'] = `${textOf(last['text']) ?? ''}${textOf(text) ?? ''}`;
    else if (type === 'video' && last?.['type'] === 'video' && typeof data === 'string')
      last['pieces'] = [...listOf(last['pieces']), data];
    else step.content.push({ ...delta });
  }
}

const indexOf = (event: unknown): number => {
  const index = field(event, 'index');
  return typeof index === 'number' ? index : 0;
};

/** What an event leaves out, an earlier one has told; ids were seen empty (recorded of 1.1, 2026-08-28). */
const known = (fields: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null && value !== ''));

/** A film that came in pieces, each in base64 by itself. */
const whole = (step: Step): Step => ({
  ...step,
  content: step.content.map(({ pieces, ...content }) => {
    const more = listOf(pieces).map(String);
    if (more.length === 0) return content;
    const parts = [textOf(content['data']) ?? '', ...more].map((part) => Buffer.from(part, 'base64'));
    return { ...content, data: Buffer.concat(parts).toString('base64') };
  }),
});
