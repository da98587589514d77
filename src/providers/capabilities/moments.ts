/** Chooses the parts of a talk that are worth posting, by the numbers of its sentences. */
import { cleanJson, cleanText, LONGEST_MESSAGE } from '../../core/outside-text.ts';
import { type Capability, cleaned, cleanReceipt, defineCapability, type PaidFor } from './capability.ts';

export type MomentsRequest = {
  /** What the model is to keep to. */
  rules: string;
  /** What is asked of this talk. */
  question: string;
  /** Its sentences with their numbers, one a line. */
  sentences: string;
  /** Shape of the answer, as JSON Schema without bounds. */
  schema: object;
  /** Parts that the answer may have at most. */
  mostMoments: number;
  /** How freely it answers, 0 to 2; its own default where null. */
  temperature: number | null;
  /** Share of likelihood from which it chooses; its own default where null. */
  topP: number | null;
  /** Number of words from which it chooses; its own default where null. */
  topK: number | null;
  /** Whether an answer before it ended before its time: this one gets more room. */
  needsRoom: boolean;
};

/** What a model chose. */
export type ChosenMoments = {
  /** JSON, or the text in which it stands. */
  answer: unknown;
  /** Why it ended before its time, in a sentence; null where it did not. */
  cut: string | null;
};

export type MomentsCapability = Capability<MomentsRequest> & {
  /** The model's `answer` as it came, whole or not: whoever asked looks at every number in it. */
  call: PaidFor<MomentsRequest, ChosenMoments>;
};

export const moments = defineCapability<MomentsCapability>({
  does: 'Chooses parts of a talk.',
  edges: {
    call: cleaned(({ answer, cut, ...receipt }) => ({
      ...receipt,
      ...cleanReceipt(receipt),
      answer: cleanJson(answer),
      cut: cut === null ? null : cleanText(cut, LONGEST_MESSAGE),
    })),
  },
});
