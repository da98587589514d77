/** What an answer of Google's says was used. Pure: JSON in, tokens by what they are charged as out. */
import type { Usage } from '../price.ts';
import { field, listOf, textOf } from './json-walk.ts';

/**
 * The usage of an answer of `generateContent`, or of an interaction; null where it has none that says anything. Thoughts
 * are charged as what comes out, tools' tokens as what goes in, and tokens that only the total has as what comes out: a
 * bill is not to be below Google's (ai.google.dev/gemini-api/docs/pricing, 2026-10; recorded answers until 2026-10).
 */
export function readUsage(answer: unknown): Usage | null {
  const ofContent = field(answer, 'usageMetadata');
  const ofInteraction = field(answer, 'usage');
  const counts = isObject(ofContent)
    ? readContent(ofContent)
    : isObject(ofInteraction)
      ? readInteraction(ofInteraction)
      : null;
  return counts && usageOf(counts);
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** Tokens, as they were told: nothing that does not follow from another. */
type Counts = {
  total: number;
  input: number;
  cached: number;
  tools: number;
  /** Without thoughts. */
  output: number;
  thoughts: number;
  pictures: number;
  film: number;
};

function readContent(usage: unknown): Counts {
  const details = modalities(field(usage, 'candidatesTokensDetails'), 'tokenCount');
  const of = (name: string) => countOf(field(usage, name));
  return {
    total: of('totalTokenCount'),
    input: of('promptTokenCount'),
    cached: of('cachedContentTokenCount'),
    tools: of('toolUsePromptTokenCount'),
    output: Math.max(of('candidatesTokenCount'), details.all),
    thoughts: of('thoughtsTokenCount'),
    pictures: details.image,
    film: details.video,
  };
}

/** Here thoughts lie outside the output, as in every recorded answer that has all numbers. */
function readInteraction(usage: unknown): Counts {
  const details = modalities(field(usage, 'output_tokens_by_modality'), 'tokens');
  const of = (name: string) => countOf(field(usage, name));
  return {
    total: of('total_tokens'),
    input: of('total_input_tokens'),
    cached: of('total_cached_tokens'),
    tools: of('total_tool_use_tokens'),
    output: Math.max(of('total_output_tokens'), details.all),
    thoughts: of('total_thought_tokens'),
    pictures: details.image,
    film: details.video,
  };
}

function modalities(list: unknown, name: string): { all: number; image: number; video: number } {
  const counts = listOf(list).map((entry) => ({
    modality: textOf(field(entry, 'modality'))?.toLowerCase(),
    tokens: countOf(field(entry, name)),
  }));
  const sum = (of?: string) =>
    counts.reduce((all, { modality, tokens }) => all + (of === undefined || modality === of ? tokens : 0), 0);
  return { all: sum(), image: sum('image'), video: sum('video') };
}

/** More than this is no count of tokens: many times the largest context there is. */
const MOST_TOKENS = 100_000_000;

/** A whole number that is not negative, also as text; 0 for anything else. */
function countOf(value: unknown): number {
  const isDigits = typeof value === 'string' && /^\s*\d{1,9}\s*$/.test(value);
  const count = isDigits ? Number(value) : value;
  return typeof count === 'number' && Number.isInteger(count) && count > 0 && count <= MOST_TOKENS
    ? count
    : 0;
}

function usageOf({ total, input, cached, tools, output, thoughts, pictures, film }: Counts): Usage | null {
  const fromCache = Math.min(cached, input);
  const untold = Math.max(0, total - input - tools - output - thoughts);
  const tokens: Usage = {
    MILLION_INPUT_TOKENS: input - fromCache + tools,
    MILLION_CACHED_INPUT_TOKENS: fromCache,
    MILLION_OUTPUT_TOKENS: output - pictures - film + thoughts + untold,
    MILLION_IMAGE_OUTPUT_TOKENS: pictures,
    MILLION_VIDEO_OUTPUT_TOKENS: film,
  };
  const used = Object.entries(tokens).filter(([, count]) => count > 0);
  return used.length === 0
    ? null
    : Object.fromEntries(used.map(([unit, count]) => [unit, count / 1_000_000]));
}
