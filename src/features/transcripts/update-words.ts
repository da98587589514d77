/** Correcting what was heard wrong. */
import { counted } from '../../core/counted.ts';
import { DomainError, type InputIssue, refuseIssues } from '../../core/errors.ts';
import { cleanText } from '../../core/outside-text.ts';
import { showsSomething } from '../../core/shown-text.ts';
import type { Transcript } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import { lockVideo } from '../videos/lock-video.ts';
import { requireTranscript } from './require-transcript.ts';
import { changeTranscript } from './store-transcript.ts';
import { columnsWith } from './text-columns.ts';
import { storedWords } from './transcript.ts';

/** Most words that are corrected at once; ours. */
export const MAX_CORRECTIONS = 1_000;
/** Longest word, in UTF-16 units; ours: room for several in the place of one. */
export const MAX_WORD_LENGTH = 200;

export type WordCorrection = {
  /** Place of the word in `Transcript.words`, from 0. */
  index: number;
  /** What is said there. */
  text: string;
};

export type UpdateWords = {
  transcriptId: string;
  /** Version that the indices were read from. */
  expectedVersion: number;
  words: readonly WordCorrection[];
};

/**
 * Corrects words of a transcript. Times stay, so nothing that was cut of it is wrong; the full text and the texts of
 * sentences follow. Nothing is written, and told, if it is so already.
 *
 * @throws {InvalidInputError} naming each of `words` that is none: an index that is not there, or twice; an empty word.
 * @throws {DomainError} `NOT_FOUND`; `VERSION_STALE` if somebody was faster.
 */
export async function updateTranscriptWords(
  ctx: Ctx,
  { transcriptId, expectedVersion, words }: UpdateWords,
): Promise<Transcript> {
  const { videoId } = await requireTranscript(ctx.db, ctx.actor, transcriptId);
  return ctx.db.$transaction(async (tx) => {
    const video = await lockVideo(tx, ctx.actor, videoId);
    const before = await requireTranscript(tx, ctx.actor, transcriptId);
    if (before.version !== expectedVersion) throw stale(before.version);
    refuseIssues(issuesOf(words, before.numberOfWords));
    const stored = storedWords.parse(before.wordTimestamps);
    const changed = words
      .map(({ index, text }) => ({ index, before: stored[index]?.word, after: tidy(text) }))
      .filter((word) => word.before !== word.after);
    if (changed.length === 0) return before;
    const texts = new Map(changed.map(({ index, after }) => [index, after]));
    const columns = { ...columnsWith(before, texts), correctedAt: new Date() };
    return changeTranscript(tx, ctx.actor, video, transcriptId, columns, {
      message: `${counted(changed.length, 'word')} of the transcript of "${video.title}" ${changed.length === 1 ? 'was' : 'were'} corrected.`,
      details: { words: changed },
    });
  });
}

function stale(version: number): DomainError {
  const message = `It was changed since you read it: it is at version ${version} now. Read its words again.`;
  return new DomainError('VERSION_STALE', message, { path: ['expectedVersion'] });
}

/** On one line, as words are. */
const tidy = (text: string): string => cleanText(text).replaceAll(/\s+/gu, ' ').trim();

function issuesOf(words: readonly WordCorrection[], count: number): InputIssue[] {
  if (words.length === 0 || words.length > MAX_CORRECTIONS)
    return [{ path: ['words'], message: `Must be 1 to ${MAX_CORRECTIONS} words.` }];
  const seen = new Set<number>();
  return words.flatMap(({ index, text }, place) => {
    const issue = (field: string, message: string) => ({ path: ['words', String(place), field], message });
    const isTwice = seen.has(index);
    seen.add(index);
    return [
      ...(index < 0 || index >= count ? [issue('index', `Must be 0 to ${count - 1}.`)] : []),
      ...(isTwice ? [issue('index', `Word ${index} is named twice.`)] : []),
      ...(showsSomething(tidy(text))
        ? []
        : [issue('text', 'Must not be empty: a word can be changed, not taken out.')]),
      ...(tidy(text).length > MAX_WORD_LENGTH
        ? [issue('text', `May have at most ${MAX_WORD_LENGTH} characters.`)]
        : []),
    ];
  });
}
