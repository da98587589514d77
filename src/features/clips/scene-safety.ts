/** What a safety filter said of a scene, in words that help. Pure. */
import type { VideoClip } from '../../generated/prisma/client.ts';

/** What of a scene a filter refuses. */
export const REFUSED_INPUTS = {
  PROMPT: 'The words.',
  FRAMES: 'The first or last frame.',
  RESULT: 'The clip that came of them, its sound included.',
  UNKNOWN: 'The provider does not say.',
} as const;
export type RefusedInput = keyof typeof REFUSED_INPUTS;

/** How the safety filter took a scene. */
export type SceneSafety = {
  refusedInput: RefusedInput;
  /** The provider's own words. */
  reason: string;
  /** Clips it refused. */
  refusals: number;
  /** Whether it refuses the scene as it stands: no gentler wording got a clip through. */
  isFinal: boolean;
  /** What a person should change. */
  advice: string;
};

const ADVICE: Readonly<Record<RefusedInput, string>> = {
  PROMPT:
    "Change the scene's description and motion prompt: leave out violence, real persons, brands and minors.",
  FRAMES: "Change the scene's frame prompts, then retryScene: the frames show what the filter will not film.",
  RESULT:
    "Change the scene's motion prompt or its narration: what they ask for comes out as the filter forbids.",
  UNKNOWN: "Change the scene's prompts, one at a time, beginning with its frames.",
};

/** Words of Google's reasons for a refusal (Veo's responsible AI guide, 2026-10). */
const SIGNS: readonly [RefusedInput, RegExp][] = [
  ['FRAMES', /input image|input frame|photorealistic (children|people)/i],
  ['PROMPT', /prompt|input text|words/i],
  ['RESULT', /audio|output|generated/i],
];

/** Reads it from a scene's refused clips, oldest first; null where nothing was refused. */
export function safetyOf(
  clips: readonly Pick<VideoClip, 'status' | 'errorMessage' | 'supersededAt'>[],
): SceneSafety | null {
  const refused = clips.filter(({ status }) => status === 'RAI_FILTERED');
  const last = refused.at(-1);
  if (!last) return null;
  const reason = last.errorMessage ?? '';
  const refusedInput = SIGNS.find(([, sign]) => sign.test(reason))?.[0] ?? 'UNKNOWN';
  return {
    refusedInput,
    reason,
    refusals: refused.length,
    isFinal: last.supersededAt === null,
    advice: ADVICE[refusedInput],
  };
}
