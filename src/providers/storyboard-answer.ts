import { z } from 'zod';

/** Most scenes a storyboard may have (DOMAIN, Studio step 1). */
export const MAX_SCENES = 15;

const words = z.string().trim().min(1).max(4_000);

/** Shape of a storyboard as a language model gives it; snake_case, for that is what models are asked for. */
export const storyboardAnswer = z.object({
  style_guide: z.object({ visual_style: words, color_palette: words, camera_style: words }),
  scenes: z
    .array(
      z.object({
        scene_index: z.int().min(0),
        scene_description: words,
        start_frame_prompt: words,
        end_frame_prompt: words,
        video_motion_prompt: words,
        transition_notes: words,
        narration: words.optional(),
      }),
    )
    .min(1)
    .max(MAX_SCENES),
});

export type StoryboardAnswer = z.infer<typeof storyboardAnswer>;
