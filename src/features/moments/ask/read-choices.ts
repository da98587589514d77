/** Reads what a model chose: leniently, so that only what is of no use is asked for again. Pure. */
import { z } from 'zod';
import { counted } from '../../../core/counted.ts';
import { cleanText } from '../../../core/outside-text.ts';
import { mendJson } from '../../../providers/read-storyboard.ts';
import { type Choice, fitChoices, type Fitting } from './fit-choices.ts';

export type ChoiceReading =
  | {
      /** The best first. */
      choices: Choice[];
      /** Whether there are as many as were asked for. */
      isWhole: boolean;
      /** What was changed so that it fits, for a person. */
      changes: string[];
    }
  | { problem: string };

const LONGEST_TITLE = 100;
const LONGEST_REASON = 500;
/** Most that are looked at; ours: ten times what may be asked for. */
const MOST_CHOICES = 1_000;
/** Of what has none. */
const USUAL_SCORE = 5;

/** Numbers may come as texts. */
const number = z.coerce.number().int();
const told = z.object({
  first: number,
  last: number,
  title: z.string().catch(''),
  score: z.coerce.number().catch(USUAL_SCORE),
  reason: z.string().catch(''),
});

/** The choices of an answer that hold: whole sentences that were asked about, in the lengths that were asked for, none over another. */
export function readChoices(answer: unknown, fitting: Fitting): ChoiceReading {
  const value = typeof answer === 'string' ? mendJson(answer) : answer;
  const list = listIn(value);
  if (list === null) return { problem: 'The answer has no list of moments.' };
  const read = list.slice(0, MOST_CHOICES).map((each) => told.safeParse(each).data);
  const known = read.flatMap((each) => (each ? [choiceOf(each)] : []));
  const { choices, changes } = fitChoices(known, fitting);
  const strange = read.length - known.length;
  const all = [...(strange > 0 ? [`${counted(strange, 'choice')} cannot be read.`] : []), ...changes];
  if (choices.length === 0) return { problem: ['No choice holds.', ...all].join(' ') };
  const isWhole = choices.length >= fitting.least;
  const few = `Of at least ${counted(fitting.least, 'part')} that were asked for, the model chose ${choices.length} that can be taken.`;
  return { choices, isWhole, changes: isWhole ? all : [few, ...all] };
}

/** Told from 1 on, kept from 0 on. */
const choiceOf = ({ first, last, title, score, reason }: z.infer<typeof told>): Choice => ({
  first: first - 1,
  last: last - 1,
  title: cleanText(title, LONGEST_TITLE).trim(),
  score: Number.isFinite(score) ? Math.min(10, Math.max(0, score)) : USUAL_SCORE,
  reason: cleanText(reason, LONGEST_REASON).trim(),
});

/** In its place, or alone. */
function listIn(value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null) return null;
  const { moments } = value as { moments?: unknown };
  return Array.isArray(moments) ? moments : null;
}
