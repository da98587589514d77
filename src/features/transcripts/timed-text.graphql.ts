/** What is said, a part at a time: twelve hours of talk are no answer. */
import { InvalidInputError } from '../../core/errors.ts';
import { secondsText } from '../../core/seconds-text.ts';
import { builder } from '../../graphql/builder.ts';
import { TALK_FIELDS } from '../../graphql/cost.ts';

/** Most words, or sentences, of an answer; ours: an hour of talk. */
export const MAX_PARTS = 10_000;
/** Where nobody says how many: some minutes. */
const DEFAULT_PARTS = 1_000;

type Timed = { text: string; start: number; end: number };
type Placed = Timed & { index: number };

export const TimedText = builder.objectRef<Placed>('TimedText').implement({
  description: 'Words of a transcript, and when they are said.',
  fields: (t) => ({
    index: t.exposeInt('index', { description: 'Its place among all of the transcript, from 0.' }),
    text: t.exposeString('text', { description: 'What is said.' }),
    startSeconds: t.exposeFloat('start', { description: 'Seconds from the start of the video.' }),
    endSeconds: t.exposeFloat('end', { description: 'Seconds from the start of the video.' }),
  }),
});

export const WithinInput = builder.inputType('WithinInput', {
  description: 'A part of a video.',
  fields: (t) => ({
    startSeconds: t.float({ defaultValue: 0, description: 'Seconds from the start of the video.' }),
    endSeconds: t.float({ required: false, description: 'Seconds from there; to the end unless given.' }),
  }),
});

/**
 * Refuses a part of a video that ends before it begins.
 *
 * @param path of the part, as the operation names it.
 * @throws {InvalidInputError} naming its end.
 */
export function checkWithin(
  within: typeof WithinInput.$inferInput | null | undefined,
  path: readonly string[],
): void {
  if (within?.endSeconds == null || within.endSeconds >= within.startSeconds) return;
  const message = `Must not be before its start, ${secondsText(within.startSeconds)}.`;
  throw new InvalidInputError([{ path: [...path, 'endSeconds'], message }]);
}

/** Which of the words or sentences are asked for. */
export const partsArgs = builder.args((t) => ({
  first: t.int({
    defaultValue: DEFAULT_PARTS,
    description: `How many at most; up to ${MAX_PARTS.toLocaleString('en')}.`,
  }),
  after: t.int({
    required: false,
    description: 'The `index` of the last one that you have; from the first unless given.',
  }),
  within: t.field({
    type: WithinInput,
    required: false,
    description: 'What is said there; all unless given.',
  }),
}));

export type PartsArgs = {
  first: number;
  after?: number | null | undefined;
  within?: typeof WithinInput.$inferInput | null | undefined;
};

/** What such a field counts: all of the talk is read for it, and so many are told. */
export const partsComplexity = ({ first }: Pick<PartsArgs, 'first'>) => ({
  field: TALK_FIELDS,
  multiplier: Math.min(Math.max(first, 1), MAX_PARTS),
});

/**
 * Those of all parts that are asked for, each with its place.
 *
 * @throws {InvalidInputError} naming `first`, or the end of `within`.
 */
export function partsAsked(parts: readonly Timed[], { first, after, within }: PartsArgs): Placed[] {
  if (first < 0 || first > MAX_PARTS)
    throw new InvalidInputError([{ path: ['first'], message: `Must be 0 to ${MAX_PARTS}, not ${first}.` }]);
  checkWithin(within, ['within']);
  const { startSeconds, endSeconds } = { startSeconds: -Infinity, ...within };
  const asked: Placed[] = [];
  for (let index = Math.max(0, (after ?? -1) + 1); index < parts.length && asked.length < first; index += 1) {
    const part = parts[index]!;
    if (!within || (part.end > startSeconds && part.start < (endSeconds ?? Infinity)))
      asked.push({ ...part, index });
  }
  return asked;
}
