/** The shape of a storyboard, as a language model gives it: snake_case, for that is what models are asked for. Pure. */
import { z } from 'zod';
import { cleanText } from '../core/outside-text.ts';

/** Most scenes a storyboard may have (DOMAIN, Studio step 1). */
export const MAX_SCENES = 15;

/** Longest text of a scene, in UTF-16 units; ours. Models are told, and what is longer is cut. */
export const MAX_WORDS = 4_000;

/** Longest narration of a scene, in UTF-16 units: that of the longest prompt, for the row has all that its author gave. */
export const MAX_NARRATION = 20_000;

const fitting = (most: number) => (text: string) => cleanText(text, most).trim();
const fit = fitting(MAX_WORDS);

/** A text without which there is no film. */
const words = z.string().transform(fit).pipe(z.string().min(1, 'Must have words.'));

/** A text that a film can do without: what is none is left empty. */
const spareWords = z.string().catch('').transform(fit);

/** None is silence. */
const narration = z
  .string()
  .catch('')
  .transform(fitting(MAX_NARRATION))
  .transform((text) => text || undefined);

const styleGuide = z.object({
  visual_style: spareWords,
  color_palette: spareWords,
  camera_style: spareWords,
});

const numberIn = (value: unknown) =>
  typeof value === 'string' && value.trim() !== '' ? Number(value) : value;

/** Leniently: null and nothing are the same, numbers may be text, and what a film can do without may be missing. */
export const storyboardAnswer = z.object({
  style_guide: z.preprocess((value) => value ?? {}, styleGuide),
  scenes: z
    .array(
      z.object({
        scene_index: z.preprocess(numberIn, z.int().min(0)).nullable().catch(null),
        scene_description: words,
        start_frame_prompt: words,
        end_frame_prompt: words,
        video_motion_prompt: words,
        transition_notes: spareWords,
        narration: narration.optional(),
      }),
    )
    .min(1, 'There is no scene.'),
});

export type StoryboardAnswer = z.infer<typeof storyboardAnswer>;
