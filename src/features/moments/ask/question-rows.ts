/** What a run asks a model about moments: what is laid out, what is open, what was chosen. */
import { z } from 'zod';
import { newId } from '../../../core/ids.ts';
import type { MomentQuestion, Prisma } from '../../../generated/prisma/client.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { sentencesIn } from '../../transcripts/text-columns.ts';
import { type AskedSentence, partTalk } from './part-talk.ts';

/** Who is paid for choosing. */
export const CHOOSER = 'GOOGLE' as const;

/** What a question keeps of its answer; sentences by their places from 0 on. */
export const storedChoices = z.object({
  choices: z.array(
    z.object({
      first: z.number().int(),
      last: z.number().int(),
      title: z.string(),
      score: z.number(),
      reason: z.string(),
    }),
  ),
  /** What was changed so that it fits, for a person. */
  changes: z.array(z.string()),
  /** The vendor's name of the model. */
  chosenBy: z.string(),
});
export type StoredChoices = z.infer<typeof storedChoices>;

export type Search = { runId: string; videoId: string; configId: string };

/** Where what a run asks by one configuration stands; as `Hearing` does. */
export type Asking =
  | { state: 'NOT_LAID_OUT' | 'DONE' }
  | { state: 'OPEN'; questionIds: string[]; answered: number; all: number }
  | { state: 'FAILED'; problem: { code: string; message: string }; answered: number; all: number };

/**
 * Writes down which parts of a video's transcript are asked about, once. Nothing where nothing is said, or less than the shortest
 * moment: `askingOf` is NOT_LAID_OUT then, and nobody is paid to say so.
 *
 * @returns how many there are.
 */
export async function layOutSearch(tx: Tx, { runId, videoId, configId }: Search): Promise<number> {
  const there = await tx.momentQuestion.count({ where: { runId, configId } });
  if (there > 0) return there;
  const config = await tx.generationConfig.findUniqueOrThrow({ where: { id: configId } });
  const sentences = await sentencesOf(tx, videoId);
  const length = (sentences.at(-1)?.endSeconds ?? 0) - (sentences[0]?.startSeconds ?? 0);
  if (sentences.length === 0 || length < config.minMomentLength) return 0;
  const parts = partTalk(sentences, config.maxMomentLength);
  await tx.momentQuestion.createMany({
    data: parts.map(({ first, last }, partIndex) => ({
      id: newId(),
      runId,
      configId,
      partIndex,
      firstSentence: first,
      lastSentence: last,
    })),
  });
  return parts.length;
}

/** Seconds around a moment whose sentences are asked about when its edges are. */
const AROUND_SECONDS = 60;

/** Writes down of which moments the edges are asked for, once, a question each. */
export async function layOutRefinement(
  tx: Tx,
  { runId, videoId, configId, momentIds }: Search & { momentIds: readonly string[] },
): Promise<number> {
  const there = await tx.momentQuestion.count({ where: { runId, configId } });
  if (there > 0) return there;
  const sentences = await sentencesOf(tx, videoId);
  const found = await tx.moment.findMany({ where: { id: { in: [...momentIds] }, videoId } });
  const data = found.flatMap(({ id: momentId, startTime, endTime }, partIndex) => {
    const near = sentences.flatMap(({ startSeconds, endSeconds }, index) =>
      endSeconds >= startTime - AROUND_SECONDS && startSeconds <= endTime + AROUND_SECONDS ? [index] : [],
    );
    const [firstSentence, lastSentence] = [near[0], near.at(-1)];
    if (firstSentence === undefined || lastSentence === undefined) return [];
    return [{ id: newId(), runId, configId, momentId, partIndex, firstSentence, lastSentence }];
  });
  await tx.momentQuestion.createMany({ data });
  return data.length;
}

/** Where what a run asks by a configuration stands. */
export async function askingOf(tx: Tx, { runId, configId }: Omit<Search, 'videoId'>): Promise<Asking> {
  const questions = await tx.momentQuestion.findMany({
    where: { runId, configId },
    orderBy: { partIndex: 'asc' },
    select: { id: true, status: true, errorCode: true, errorMessage: true },
  });
  if (questions.length === 0) return { state: 'NOT_LAID_OUT' };
  const answered = questions.filter(({ status }) => status === 'ANSWERED').length;
  const counts = { answered, all: questions.length };
  const open = questions.filter(({ status }) => status === 'PENDING');
  if (open.length > 0) return { state: 'OPEN', questionIds: open.map(({ id }) => id), ...counts };
  const failed = questions.find(({ status }) => status === 'FAILED');
  if (!failed) return { state: 'DONE' };
  const problem = { code: failed.errorCode ?? 'INTERNAL', message: failed.errorMessage ?? '' };
  return { state: 'FAILED', problem, ...counts };
}

/** Gives a run's questions that were not answered another chance: it was resumed. What was answered stays. */
export async function pickUpQuestions(tx: Tx, runId: string): Promise<void> {
  await tx.momentQuestion.updateMany({
    where: { runId, status: 'FAILED' },
    data: { status: 'PENDING', errorCode: null, errorMessage: null },
  });
}

/** The sentences of a video's transcript; none without one. */
export async function sentencesOf(tx: Pick<Tx, 'transcript'>, videoId: string): Promise<AskedSentence[]> {
  const transcript = await tx.transcript.findUnique({
    where: { videoId },
    select: { segmentTimestamps: true },
  });
  if (!transcript) return [];
  return sentencesIn(transcript).map(({ text, start, end }) => ({
    text,
    startSeconds: start,
    endSeconds: end,
  }));
}

/** What was chosen for a question. */
export const choicesIn = ({ chosen }: Pick<MomentQuestion, 'chosen'>): StoredChoices =>
  storedChoices.parse(chosen);

/** The columns of a question that was answered. */
export const chosenColumns = (chosen: StoredChoices) =>
  ({
    status: 'ANSWERED',
    chosen,
    errorCode: null,
    errorMessage: null,
  }) satisfies Prisma.MomentQuestionUncheckedUpdateInput;
