/** The tokens that an answer of Google's counts, as it tells them. Pure. */
import { field, listOf, textOf } from './json-walk.ts';

/** Tokens, none of which follows from another; NaN for a count that is there and cannot be read. */
export type Counts = {
  total: number;
  input: number;
  cached: number;
  tools: number;
  /** Without thoughts. */
  output: number;
  thoughts: number;
  /** Of the output: pictures, film, words, and what has another kind or none that can be read. */
  pictures: number;
  film: number;
  words: number;
  others: number;
};

/** What `generateContent` counts, or an interaction; null where there is nothing of the kind. */
export function countTokens(answer: unknown): Counts | null {
  const ofContent = field(answer, 'usageMetadata');
  if (isObject(ofContent)) return readContent(ofContent);
  const ofInteraction = field(answer, 'usage');
  return isObject(ofInteraction) ? readInteraction(ofInteraction) : null;
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

function readContent(usage: unknown): Counts {
  const { all, ...kinds } = modalities(field(usage, 'candidatesTokensDetails'), 'tokenCount');
  const of = (name: string) => countOf(field(usage, name));
  return {
    total: of('totalTokenCount'),
    input: of('promptTokenCount'),
    cached: of('cachedContentTokenCount'),
    tools: of('toolUsePromptTokenCount'),
    output: Math.max(of('candidatesTokenCount'), all),
    thoughts: of('thoughtsTokenCount'),
    ...kinds,
  };
}

/** Here thoughts lie outside the output, as in every recorded answer that has all numbers. */
function readInteraction(usage: unknown): Counts {
  const { all, ...kinds } = modalities(field(usage, 'output_tokens_by_modality'), 'tokens');
  const of = (name: string) => countOf(field(usage, name));
  return {
    total: of('total_tokens'),
    input: of('total_input_tokens'),
    cached: of('total_cached_tokens'),
    tools: of('total_tool_use_tokens'),
    output: Math.max(of('total_output_tokens'), all),
    thoughts: of('total_thought_tokens'),
    ...kinds,
  };
}

function modalities(list: unknown, name: string) {
  const counts = listOf(list).map((entry) => ({
    modality: textOf(field(entry, 'modality'))?.toLowerCase(),
    tokens: countOf(field(entry, name)),
  }));
  const sum = (of?: string) =>
    counts.reduce((all, { modality, tokens }) => all + (of === undefined || modality === of ? tokens : 0), 0);
  const [all, pictures, film, words] = [sum(), sum('image'), sum('video'), sum('text')];
  return { all, pictures, film, words, others: all - pictures - film - words };
}

/** More than this is no count of tokens: many times the largest context there is. */
const MOST_TOKENS = 100_000_000;

/** A whole number that is not negative, also as text; 0 where there is none, NaN for anything else. */
function countOf(value: unknown): number {
  if (value === undefined || value === null) return 0;
  const isDigits = typeof value === 'string' && /^\s*\d{1,9}\s*$/.test(value);
  const count = isDigits ? Number(value) : value;
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= MOST_TOKENS
    ? count
    : NaN;
}
