/** Writes the scenes of a film. */
import { cleanJson, cleanText, LONGEST_MESSAGE } from '../../core/outside-text.ts';
import type { AspectRatio } from '../aspect-ratio.ts';
import { type Capability, cleaned, cleanReceipt, defineCapability, type PaidFor } from './capability.ts';

export type StoryboardRequest = {
  prompt: string;
  style: string;
  aspectRatio: AspectRatio;
  /** Seconds. */
  targetClipDuration: number;
  /** Seconds the film should last; null lets the prompt decide. */
  targetDuration: number | null;
  /** Most scenes the answer may have. */
  maxScenes: number;
  /** What was wrong with the answer before; absent for the first. */
  before?: Shortfall | null;
};

/** Why an answer makes no film. */
export type Shortfall = {
  /** In a sentence. */
  problem: string;
  /** Whether it, or one before it, ended before its time: the next one gets more room. */
  needsRoom: boolean;
};

/** A storyboard as a model wrote it. */
export type WrittenStoryboard = {
  /** JSON, or the text in which it stands. */
  answer: unknown;
  /** Why it ended before its time, in a sentence; absent where it did not. */
  cut?: string | null;
};

export type StoryboardCapability = Capability<StoryboardRequest> & {
  /** Visual styles that it knows. */
  styles: readonly string[];
  /** Whether its storyboard follows from the request alone, by the animatic's rules; not unless given. */
  writesByRules?: boolean;
  /** The model's `answer` as it came, whole or not; the caller reads it with `readStoryboard`. */
  call: PaidFor<StoryboardRequest, WrittenStoryboard>;
};

export const storyboard = defineCapability<StoryboardCapability>({
  does: 'Writes a storyboard.',
  edges: {
    call: cleaned(({ answer, cut = null, ...receipt }) => ({
      ...receipt,
      ...cleanReceipt(receipt),
      answer: cleanJson(answer),
      cut: cut === null ? null : cleanText(cut, LONGEST_MESSAGE),
    })),
  },
});
