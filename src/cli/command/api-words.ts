/** Messages of the API in the words of the command line: whoever types commands has seen no mutation. */

const NO_COMMAND = 'the API (docs/when-something-breaks.md)';

/** What a name of the schema is on the command line. */
const WORDS: Readonly<Record<string, string>> = {
  generateFilm: 'vidpipe generate',
  stitchFilm: 'vidpipe stitch',
  pauseRun: 'vidpipe pause',
  resumeRun: 'vidpipe resume',
  resumeProject: 'vidpipe resume',
  cancelRun: 'vidpipe cancel',
  retryScene: 'vidpipe retry',
  setRunCostCap: 'vidpipe resume RUN --max-cost DOLLARS',
  setProjectCostCap: 'the API (docs/money.md)',
  setWorkspaceCostCaps: 'the API (docs/money.md)',
  settleUnknownCall: NO_COMMAND,
  settleUnknownClip: NO_COMMAND,
  upgradeProject: 'the API (docs/estimates.md)',
  addReferenceImage: '--character or --product',
  removeReferenceImage: 'the API (docs/reference-images.md)',
  clipsFrom: '--clips-from',
  idempotencyKey: 'idempotency key',
  endFramePrompt: 'last frame',
  REFERENCE_IMAGES: 'reference-images',
  KEYFRAMES: 'keyframes',
  ANIMATIC: 'animatic',
  GOOGLE: 'google',
  PipelineRun: 'run',
  VideoClip: 'clip',
};

const NAMES = new RegExp(`(?<![\\w-])(${Object.keys(WORDS).join('|')})(?![\\w-])`, 'g');

/** The message with every name that only the API has replaced. */
export const inCliWords = (message: string): string =>
  message.replaceAll(NAMES, (name) => WORDS[name] ?? name);

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
