/** What an answer of `generateContent` says. Pure: JSON in, a verdict out. */
import { type FailureCode, holdsForAll, type ProviderError } from '../provider-error.ts';
import type { ContentVerdict, Wanted } from './content-verdict.ts';
import { field, listOf, textOf } from './json-walk.ts';
import { isBlock, readError, tellError, whatIsGone } from './read-error.ts';
import type { ToldError } from './told-error.ts';
import { breaksOff } from './whole-json.ts';

/** Ends that are a filter's verdict (reference of `FinishReason`, @google/genai 3.1.0). */
const BLOCKED_ENDS = new Set([
  'SAFETY',
  'RECITATION',
  'LANGUAGE',
  'BLOCKLIST',
  'PROHIBITED_CONTENT',
  'SPII',
  'IMAGE_SAFETY',
  'IMAGE_PROHIBITED_CONTENT',
  'IMAGE_RECITATION',
]);

/** Ends without a picture that are partly chance, partly a filter that does not say so (public reports until 2026-10). */
const CHANCE_ENDS = new Set(['IMAGE_OTHER', 'NO_IMAGE', 'OTHER']);

/** What the JSON of an answer of success comes to. */
export function readContent(body: unknown, wanted: Wanted): ContentVerdict {
  if (typeof body !== 'object' || body === null) return notKnown('the answer is malformed.');
  const failure = readError(field(body, 'error'));
  if (failure) return readFailure(failure);
  const said = saidIn(body);
  if (wanted === 'PICTURE' && said.picture !== null) return { verdict: 'PICTURE', data: said.picture };
  const refusal = readRefusal(body, said);
  if (refusal) return refusal;
  if (said.isNothing) return notKnown('the answer has no candidate.');
  return wanted === 'PICTURE' ? readPictureless(said) : readText(said);
}

/** What a call comes to that was answered with no success; `told` is what that means for the next one. */
export function readRefused(told: ProviderError): ContentVerdict {
  const { outcome, code, message: words, retryAfterSeconds } = told;
  if (code === 'PROMPT_BLOCKED') return { verdict: 'REFUSED_BY_SAFETY', words, isChance: false };
  if (outcome === 'NOT_ACCEPTED') return { verdict: 'TRY_AGAIN_LATER', words, retryAfterSeconds };
  if (outcome !== 'REFUSED') return notKnown(words);
  const cause = holdsForAll(code) ? (code as FailureCode) : whatIsGone(words);
  return cause ? { verdict: 'REFUSED_FOR_ALL', words, code: cause } : { verdict: 'REFUSED_AS_ASKED', words };
}

const notKnown = (words: string): ContentVerdict => ({ verdict: 'NOT_KNOWN', words });

function readFailure(failure: ToldError): ContentVerdict {
  const words = tellError(failure);
  if (isBlock(failure)) return { verdict: 'REFUSED_BY_SAFETY', words, isChance: false };
  const gone = whatIsGone(failure.words ?? '');
  return gone ? { verdict: 'REFUSED_FOR_ALL', words, code: gone } : notKnown(words);
}

type Said = {
  isNothing: boolean;
  finishReason: string | null;
  finishMessage: string | null;
  /** The last one: those before it are steps on the way (told of gemini-3-pro-image, 2026-10). */
  picture: string | null;
  text: string;
  hasThoughts: boolean;
};

const isThought = (part: unknown): boolean => field(part, 'thought') === true;

/** All that candidates say; `content` may be `{}`, without parts, or with `parts: null`. */
function saidIn(body: unknown): Said {
  const candidates = listOf(field(body, 'candidates')).filter(
    (each) => typeof each === 'object' && each !== null,
  );
  const parts = candidates.flatMap((each) => listOf(field(field(each, 'content'), 'parts')));
  const own = parts.filter((part) => !isThought(part));
  const texts = own.map((part) => field(part, 'text')).filter((text) => typeof text === 'string');
  const first = (name: string) =>
    candidates.map((each) => textOf(field(each, name))).find((text) => text !== null) ?? null;
  return {
    isNothing: candidates.length === 0,
    finishReason: first('finishReason'),
    finishMessage: first('finishMessage'),
    picture:
      own.map((part) => textOf(field(field(part, 'inlineData'), 'data'))).findLast((data) => data !== null) ??
      null,
    text: texts.join(''),
    hasThoughts: parts.some(isThought),
  };
}

/** What a filter says: of the prompt, where there is no candidate, or of what came. */
function readRefusal(body: unknown, { finishReason, finishMessage, text }: Said): ContentVerdict | null {
  const feedback = field(body, 'promptFeedback');
  const blocked = textOf(field(feedback, 'blockReason'));
  const reason = blocked ?? (finishReason !== null && BLOCKED_ENDS.has(finishReason) ? finishReason : null);
  if (reason === null) return null;
  const told = textOf(field(feedback, 'blockReasonMessage')) ?? finishMessage ?? text;
  return { verdict: 'REFUSED_BY_SAFETY', words: `blocked (${reason}). ${told}`.trim(), isChance: false };
}

/** No picture came: words alone are the model's own refusal (Google's guide to responsible AI of its image models, 2026-10). */
function readPictureless({ finishReason, finishMessage, text }: Said): ContentVerdict {
  const words = `no picture came (${finishReason ?? 'no reason given'}). ${finishMessage ?? text}`.trim();
  const isDone = finishReason === null || finishReason === 'STOP';
  if (isDone && text.trim() !== '') return { verdict: 'REFUSED_BY_SAFETY', words, isChance: false };
  const isChance = finishReason === 'STOP' || CHANCE_ENDS.has(finishReason ?? '');
  return isChance ? { verdict: 'REFUSED_BY_SAFETY', words, isChance } : notKnown(words);
}

function readText({ finishReason, finishMessage, text, hasThoughts }: Said): ContentVerdict {
  const cut = (why: Extract<ContentVerdict, { verdict: 'CUT' }>['why'], words: string): ContentVerdict => ({
    verdict: 'CUT',
    why,
    text,
    words: finishMessage === null ? words : `${words} ${finishMessage}`,
  });
  if (finishReason === 'MAX_TOKENS')
    return cut('NO_ROOM', text === '' && hasThoughts ? `${NO_ROOM} Thinking took all of it.` : NO_ROOM);
  if (text.trim() === '') {
    const end = finishReason ?? 'no reason given';
    return hasThoughts
      ? cut('THOUGHTS_ALONE', `The model thought and answered nothing (${end}).`)
      : cut('EMPTY', `The model answered nothing (${end}).`);
  }
  return breaksOff(text)
    ? cut('BROKEN_OFF', 'The answer breaks off within its JSON.')
    : { verdict: 'TEXT', text };
}

const NO_ROOM = 'The answer was cut off: it took all the tokens it may (MAX_TOKENS).';
