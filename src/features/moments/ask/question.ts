/** What a model is told and asked about a talk. Pure. */
import type { GenerationConfig, Prompt } from '../../../generated/prisma/client.ts';
import type { MomentsRequest } from '../../../providers/capabilities/moments.ts';
import type { AskedSentence, SentenceRange } from './part-talk.ts';

/** How it is asked, and what for. */
export type AskedConfig = Pick<
  GenerationConfig,
  | 'operationType'
  | 'temperature'
  | 'topP'
  | 'topK'
  | 'minMomentLength'
  | 'maxMomentLength'
  | 'minMoments'
  | 'maxMoments'
> & { prompt: Pick<Prompt, 'systemPrompt' | 'userPrompt'> };

/** What was wrong with the answer before. */
export type Before = { problem: string; wasCut: boolean };

/**
 * Measured by others: a chooser that is told to mend what does not stand alone by an earlier start was preferred in 65 % of blind
 * pairs, one that is told only that it must in 49 % (openshorts, 2026-07-31).
 */
const RULES = [
  'You choose the parts of a talk that are worth posting as short films by themselves.',
  'Every sentence has a number. Name a part by the numbers of its first and its last sentence, never by times or words: it has both of them, and all between, whole.',
  'A part stands alone: who sees nothing else understands it. Where it does not, mend that by an earlier start, never by cutting the end.',
  'It begins with what makes a stranger stay, and ends where its thought does: after the point, not before.',
  'Leave out greetings, agendas, thanks, sponsors and what keeps house.',
  'No two parts share a sentence or say the same.',
];
const OF_REFINING = [
  'You find the best edges of one part of a talk that is posted as a short film by itself.',
  'Every sentence has a number. Name the part by the numbers of its first and its last sentence, never by times or words.',
  'It stands alone: who sees nothing else understands it. Where it does not, mend that by an earlier start, never by cutting the end.',
  'It begins with what makes a stranger stay, and ends where its thought does: after the point, not before.',
];
const IN_THE_ANSWER = [
  'The title has at most ten words, in the language of the talk, and promises nothing that is not said.',
  'The score is a whole number from 0 to 10: 5 is the average of this talk.',
  'The reason is one sentence.',
];

/** Bounds are said in words: a schema with some may be refused, and an enum of numbers was (public reports, 2026-09 and 2026-10). */
const SCHEMA = {
  type: 'object',
  required: ['moments'],
  properties: {
    moments: {
      type: 'array',
      items: {
        type: 'object',
        required: ['first', 'last', 'title', 'score', 'reason'],
        properties: {
          first: { type: 'integer', description: 'Number of its first sentence.' },
          last: { type: 'integer', description: 'Number of its last sentence.' },
          title: { type: 'string', description: 'For people.' },
          score: { type: 'integer', description: 'From 0 to 10.' },
          reason: { type: 'string', description: 'Why it is worth posting.' },
        },
      },
    },
  },
};

/** Tried after an answer of no use: the nth is this share of what was asked for, or of 1 where nothing was. */
const COOLER = [1, 0.5, 0.25];

export type Question = {
  config: AskedConfig;
  sentences: readonly AskedSentence[];
  range: SentenceRange;
  /** Of which the edges are asked for; null where moments are. */
  refined: SentenceRange | null;
  /** How many moments this part of the talk is to give. */
  least: number;
};

/** What is asked, the nth time from 0 on. */
export function requestOf(question: Question, attempt = 0, before: Before | null = null): MomentsRequest {
  const { config, sentences, range, refined } = question;
  const { systemPrompt, userPrompt } = config.prompt;
  const rules = [systemPrompt, ...(refined ? OF_REFINING : RULES), ...IN_THE_ANSWER];
  const asked = [
    ...wantedIn(question),
    userPrompt,
    ...(before ? [`An answer before this one was of no use. ${before.problem}`] : []),
    'The sentences, each with its number and its length:',
  ];
  const temperature = attempt === 0 ? config.temperature : (config.temperature ?? 1) * (COOLER[attempt] ?? 0);
  return {
    rules: textOf(rules),
    question: textOf(asked),
    sentences: sentences
      .slice(range.first, range.last + 1)
      .map((sentence, index) => lineOf(sentence, range.first + index))
      .join('\n'),
    schema: SCHEMA,
    mostMoments: refined ? 1 : config.maxMoments,
    temperature,
    topP: config.topP,
    topK: config.topK,
    needsRoom: before?.wasCut ?? false,
  };
}

function wantedIn({ config, refined, least }: Question): string[] {
  const { minMomentLength, maxMomentLength, maxMoments } = config;
  const lengths = `of ${minMomentLength} to ${maxMomentLength} seconds`;
  if (refined)
    return [
      `One part ${lengths}. It goes from sentence ${refined.first + 1} to sentence ${refined.last + 1} so far.`,
    ];
  return [`Parts ${lengths}: at least ${least}, at most ${maxMoments}.`];
}

/** Numbers are told from 1 on. */
const lineOf = ({ text, startSeconds, endSeconds }: AskedSentence, index: number): string =>
  `${index + 1} [${(endSeconds - startSeconds).toFixed(1)} s] ${text.replaceAll(/\s+/g, ' ').trim()}`;

const textOf = (lines: readonly string[]): string =>
  lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
