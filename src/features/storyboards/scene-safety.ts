/** What safety filters said of a scene, in words that help. Pure. */
import type { RefusedInput, SafetyRefusal } from '../../generated/prisma/client.ts';

/** How the safety filter took a scene. */
export type SceneSafety = {
  refusedInput: RefusedInput;
  /** The provider's own words. */
  reason: string;
  refusals: number;
  /** Whether it refuses the scene as it stands: no gentler wording got through. */
  isFinal: boolean;
  /** What a person should change. */
  advice: string;
};

const FORBIDDEN = 'leave out violence, real persons, brands and minors';

const ADVICE: Readonly<Record<RefusedInput, string>> = {
  PROMPT: `Change the motion prompt, the description and the narration: ${FORBIDDEN}.`,
  START_FRAME: `Change the prompt of the first frame: ${FORBIDDEN}.`,
  END_FRAME: `Change the prompt of the last frame: ${FORBIDDEN}.`,
  FRAMES: 'Change the prompts of the frames: the pictures show what the filter will not film.',
  RESULT: 'Change the motion prompt or the narration: what they ask for comes out as the filter forbids.',
  SOUND: 'Change what is heard in the motion prompt or the narration, or make the film without sound.',
  UNKNOWN: 'Change the prompts, one at a time, beginning with those of the frames.',
};

/** Reads it from what was refused of a scene, oldest first; null where nothing was. */
export function safetyOf(
  refusals: readonly Pick<SafetyRefusal, 'input' | 'reason' | 'nextSoftening'>[],
): SceneSafety | null {
  const last = refusals.at(-1);
  if (!last) return null;
  const { input, reason, nextSoftening } = last;
  const isFinal = nextSoftening === null;
  return { refusedInput: input, reason, refusals: refusals.length, isFinal, advice: ADVICE[input] };
}
