/** Messages of the API in the words of the command line: whoever types commands has seen no mutation. */

/** What the API calls things that a person types otherwise. */
export type ApiWords = {
  /** The argument or option that a field of an input, or an argument of the API, is filled from. */
  fields?: Readonly<Record<string, string>>;
  /** What a name of the schema is on the command line. */
  names?: Readonly<Record<string, string>>;
};

const NO_COMMAND = 'the API (docs/when-something-breaks.md)';

/** At first what belongs to no command. */
const NAMES = new Map([
  ['setProjectCostCap', 'the API (docs/money.md)'],
  ['setWorkspaceCostCaps', 'the API (docs/money.md)'],
  ['settleUnknownCall', NO_COMMAND],
  ['settleUnknownVideoClip', NO_COMMAND],
  ['upgradeProject', 'the API (docs/estimates.md)'],
  ['removeReferenceImage', 'the API (docs/reference-images.md)'],
  ['createTranscript', 'the API (docs/moments.md)'],
  ['deleteTranscript', 'the API (docs/moments.md)'],
  ['setClipFraming', 'the API (docs/moments.md)'],
  ['idempotencyKey', 'idempotency key'],
  ['endFramePrompt', 'last frame'],
  ['PipelineRun', 'run'],
  ['VideoClip', 'clip'],
]);

const FIELDS = new Map<string, string>();

/**
 * Learns the words of a command.
 *
 * @throws {Error} if another command calls the same thing otherwise: such words go with the request (`typedAs`).
 */
export function learn({ fields = {}, names = {} }: ApiWords): void {
  for (const [name, word] of Object.entries(fields)) learnOne(FIELDS, name, word);
  for (const [name, word] of Object.entries(names)) learnOne(NAMES, name, word);
}

function learnOne(words: Map<string, string>, name: string, word: string): void {
  const known = words.get(name) ?? word;
  if (known !== word)
    throw new Error(`${name} of the API is ${known} of one command and ${word} of another.`);
  words.set(name, word);
}

/** The argument or option that a field is filled from; undefined for one that nobody types. */
export const typedAsOf = (field: string): string | undefined => FIELDS.get(field);

/** The message with every name that only the API has replaced. */
export const inCliWords = (message: string): string =>
  message.replaceAll(/(?<![\w-])\w+(?![\w-])/g, (name) => NAMES.get(name) ?? name);

/** Fields of answers that hold messages for people. */
const MESSAGES = new Set(['message', 'errorMessage']);

/** An answer of the API whose messages are in the words of the command line; the rest is as it was. */
export function wordedAnswer(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(wordedAnswer);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([name, field]) => [
    name,
    MESSAGES.has(name) && typeof field === 'string' ? inCliWords(field) : wordedAnswer(field),
  ]);
  return Object.fromEntries(entries) as unknown;
}
