/** What a model found, in the shape in which moments are found without one. */
import type { Tx } from '../../../platform/database/database.ts';
import { sentencesIn } from '../../transcripts/text-columns.ts';
import type { Findings, MomentReason, SpokenMoment } from '../find/found-moments.ts';
import { type Choice, fitChoices } from './fit-choices.ts';
import { choicesIn, type Search } from './question-rows.ts';

/** A moment that a model found. */
export type ModelMoment = SpokenMoment & {
  title: string;
  /** Moment whose edges these are; null for one that was found. */
  refines: string | null;
};

export type ModelFindings = Findings<ModelMoment> & {
  /** The vendor's name of the model; null where nobody was asked. */
  foundBy: string | null;
  /** What of its answers was changed so that it fits, for a person. */
  changes: string[];
};

/**
 * What the answers to a run's questions come to: the best of all parts, none over another, in the numbers that were asked for; or of each
 * moment that was asked about the better edges. Once `askingOf` is DONE; before, what is there.
 */
export async function foundByModel(tx: Tx, { runId, videoId, configId }: Search): Promise<ModelFindings> {
  const questions = await tx.momentQuestion.findMany({
    where: { runId, configId, status: 'ANSWERED' },
    orderBy: { partIndex: 'asc' },
  });
  const transcript = await tx.transcript.findUnique({
    where: { videoId },
    select: { segmentTimestamps: true },
  });
  const sentences = transcript ? sentencesIn(transcript) : [];
  const config = await tx.generationConfig.findUniqueOrThrow({ where: { id: configId } });
  const answers = questions.map((question) => ({ question, answer: choicesIn(question) }));
  const momentOf = ({ first, last, title, score, reason }: Choice, refines: string | null): ModelMoment => ({
    title: title === '' ? firstWords(sentences[first]?.text ?? '') : title,
    startSeconds: sentences[first]?.start ?? 0,
    endSeconds: sentences[last]?.end ?? 0,
    startWord: sentences[first]?.from ?? 0,
    endWord: sentences[last]?.to ?? 0,
    score,
    reasons: reasonsOf(score, reason),
    refines,
  });
  const refined = answers.flatMap(({ question: { momentId }, answer: { choices } }) =>
    momentId === null ? [] : choices.slice(0, 1).map((choice) => momentOf(choice, momentId)),
  );
  const { choices, changes } = fitChoices(
    answers.flatMap(({ question, answer }) => (question.momentId === null ? answer.choices : [])),
    {
      sentences: sentences.map(({ text, start, end }) => ({ text, startSeconds: start, endSeconds: end })),
      range: { first: 0, last: sentences.length - 1 },
      minSeconds: config.minMomentLength,
      maxSeconds: config.maxMomentLength,
      least: config.minMoments,
      most: config.maxMoments,
    },
  );
  const moments = [...choices.map((choice) => momentOf(choice, null)), ...refined];
  const isShort = config.operationType === 'GENERATION' && choices.length < config.minMoments;
  return {
    moments,
    shortfall: isShort ? shortfallOf(sentences.length, questions.length) : null,
    foundBy: answers[0]?.answer.chosenBy ?? null,
    changes: [...answers.flatMap(({ answer }) => answer.changes), ...(questions.length > 1 ? changes : [])],
  };
}

function shortfallOf(sentences: number, questions: number) {
  if (sentences === 0) return 'NO_WORDS';
  return questions === 0 ? 'VIDEO_TOO_SHORT' : 'NO_ROOM';
}

/** Against the average, as others' points are. */
const reasonsOf = (score: number, reason: string): MomentReason[] =>
  reason === '' ? [] : [{ feature: 'MODEL', points: score - 5, evidence: reason }];

const TITLE_WORDS = 10;

const firstWords = (text: string): string => text.split(/\s+/).slice(0, TITLE_WORDS).join(' ').slice(0, 100);
