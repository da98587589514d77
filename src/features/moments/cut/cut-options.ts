/** How clips are cut, as a run is told it and keeps it. */
import { z } from 'zod';
import { CAPTION_STYLES, type CaptionStyle } from '../../../media/captions/styles.ts';

/** SOURCE is the video's own. */
export const CLIP_ASPECT_RATIOS = ['SOURCE', '9:16', '1:1', '4:5'] as const;

export const CAPTION_CHOICES = ['NONE', ...Object.keys(CAPTION_STYLES)] as [CaptionStyle, ...CaptionStyle[]];

/** Seconds; longer rooms show what does not belong to a moment. */
export const MOST_PADDING_SECONDS = 5;

const PADDING = `Must be 0 to ${MOST_PADDING_SECONDS}.`;

export const cutOptions = z.object({
  aspectRatio: z
    .enum(CLIP_ASPECT_RATIOS, `Must be one of ${CLIP_ASPECT_RATIOS.join(', ')}.`)
    .default('SOURCE'),
  captions: z.enum(CAPTION_CHOICES).default('NONE'),
  /** Whether words are shown that a recogniser was not sure of. */
  captionsFromDraft: z.boolean().default(false),
  /** Most seconds before the first word and after the last; less where another word is near. */
  paddingSeconds: z.number().min(0, PADDING).max(MOST_PADDING_SECONDS, PADDING).default(0.4),
});

export type CutOptions = z.infer<typeof cutOptions>;
