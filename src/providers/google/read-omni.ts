/** What an interaction of Omni says of its clip. Pure: JSON in, a verdict out. */
import type { ClipVerdict } from '../clip-verdict.ts';
import { field, listOf, numberOf, textOf } from './json-walk.ts';
import { isBlock, readError, tellError, verdictOfError } from './read-error.ts';
import { refusedBySafety } from './refused-input.ts';
import type { ToldError } from './told-error.ts';
import { isOverQuota } from './quota.ts';
import type { FilmFound } from './read-veo.ts';

/** Statuses of what is on its way (reference of Interactions, @google/genai 3.1.0). */
const WORKING = new Set(['in_progress', 'queued']);
/**
 * Statuses of what goes on, if at all, by another's doing: asked about to the last poll, and never continued by us, for that
 * would be bought anew (reference of Interactions, @google/genai 3.1.0). Nobody has told of a clip that stopped so: 260,640
 * tokens of one answer are 15 s in 4k (vercel.com/ai-gateway/models/gemini-omni-1.2-flash, 2026-11).
 */
const STOPPED: Readonly<Record<string, string>> = {
  requires_continuation:
    'The interaction has stopped at the most that one answer may hold; only in the background does Google go on by itself.',
  requires_action: 'The interaction waits for the result of a tool, and was given none.',
};
/** Statuses of what has come to an end without a film. */
const ENDED = new Set(['failed', 'cancelled', 'incomplete', 'budget_exceeded']);

/** The first film of an interaction that can be fetched; none of what it was given. */
export function filmOfOmni(interaction: unknown): FilmFound | null {
  for (const block of blocksOf(interaction, (type) => type !== 'user_input')) {
    if (field(block, 'type') !== 'video') continue;
    const uri = textOf(field(block, 'uri'));
    if (uri !== null) return { uri };
    const data = textOf(field(block, 'data'));
    if (data !== null) return { data };
  }
  return null;
}

const blocksOf = (interaction: unknown, isMeant: (type: unknown) => boolean): unknown[] =>
  listOf(field(interaction, 'steps'))
    .filter((step) => isMeant(field(step, 'type')))
    .flatMap((step) => listOf(field(step, 'content')));

/** What an interaction comes to. A film that came in the answer itself is fetched by the interaction's name. */
export function readOmni(interaction: unknown, operationName: string): ClipVerdict {
  const status = textOf(field(interaction, 'status'));
  const isWorking = status !== null && WORKING.has(status);
  const film = filmOfOmni(interaction);
  const stopped = status === null ? undefined : STOPPED[status];
  // Of a film that comes in the answer there may be more to come; one with an address is whole.
  if (film && ((!isWorking && stopped === undefined) || 'uri' in film))
    return { verdict: 'FILM', uri: 'uri' in film ? film.uri : operationName };
  const errors = errorsOf(interaction);
  const block = errors.find(isBlock);
  if (block) return verdictOfError(block);
  // It was taken, and is no more: also without a status.
  const quota = errors.find(isOverQuota);
  if (quota) return verdictOfError(quota);
  if (isWorking) return { verdict: 'STILL_WORKING' };
  if (status === 'completed') return readWords(interaction, errors);
  if (status === null || !ENDED.has(status)) {
    const words =
      status === null
        ? 'The answer does not say how the clip stands.'
        : (stopped ?? `The interaction is "${status}", which is no word we know.`);
    return { verdict: 'NOT_KNOWN', about: 'ODD', words: [words, ...tellingOf(errors)].join(' ') };
  }
  const [first] = errors;
  if (first) return verdictOfError(first, tellingOf(errors).join(' '));
  const words = `The interaction ended as ${status} and has no clip.`;
  // To have been stopped is an end of its own; of one that failed without a word nobody knows.
  return status === 'cancelled'
    ? { verdict: 'REFUSED_AS_ASKED', words }
    : { verdict: 'NOT_KNOWN', about: 'NOTHING', words };
}

/** Errors stand at the top, in a list there, and in steps. */
const errorsOf = (interaction: unknown): ToldError[] =>
  [
    field(interaction, 'error'),
    ...listOf(field(interaction, 'errors')),
    ...listOf(field(interaction, 'steps')).map((step) => field(step, 'error')),
  ].flatMap((error) => readError(error) ?? []);

const tellingOf = (errors: ToldError[]): string[] => errors.map(tellError);

/** Completed without a film: words alone are the model's refusal (public reports, 2026-09), if no film was counted. */
function readWords(interaction: unknown, errors: ToldError[]): ClipVerdict {
  const output = blocksOf(interaction, (type) => type === 'model_output');
  const said = output.flatMap((block) => textOf(field(block, 'text')) ?? []);
  const words = [...said, ...tellingOf(errors)].join(' ');
  if (said.length > 0 && videoTokensOf(interaction) === 0) return refusedBySafety(words);
  const nothing = 'The interaction is completed and has no clip.';
  return { verdict: 'NOT_KNOWN', about: 'NOTHING', words: [nothing, words].join(' ').trim() };
}

/** Tokens of film that were made, as its usage counts them. */
function videoTokensOf(interaction: unknown): number {
  const counts = listOf(field(field(interaction, 'usage'), 'output_tokens_by_modality'));
  const ofVideo = counts.filter((count) => /video/i.test(textOf(field(count, 'modality')) ?? ''));
  return ofVideo.reduce<number>((sum, count) => sum + numberOf(field(count, 'tokens')), 0);
}
