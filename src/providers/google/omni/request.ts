/** What Omni is asked for, in the form that each surface takes. */
import type { ClipOrder } from '../../capabilities/clip.ts';
import { clipPrompt, sourceOf } from '../clip-prompt.ts';
import type { GoogleClient } from '../client.ts';
import { encodePicture } from '../input-picture.ts';
import { BY_TAG, tagsOfReferences } from '../reference-words.ts';

export type OmniRequest = Awaited<ReturnType<typeof omniRequest>>;

/** What it calls its n-th picture, counted from 1 (read in public code, 2026-11). */
const callPicture = (number: number) => `@Image${number}`;
const FRAMES = `[# Sources <FIRST_FRAME>${callPicture(1)} <LAST_FRAME>${callPicture(2)}]`;

const TASKS = { KEYFRAMES: 'image_to_video', REFERENCE_IMAGES: 'reference_to_video' } as const;

/**
 * The body of an order, without how it is to be answered.
 *
 * @param seconds that the model makes for what was asked for.
 */
export async function omniRequest(client: GoogleClient, order: ClipOrder, seconds: number) {
  return {
    model: client.settings.models.CLIP.name,
    input: [...(await picturesOf(order)), { type: 'text' as const, text: wordsOf(order) }],
    response_format: formatOf(client, order, seconds),
    generation_config: { video_config: { task: TASKS[sourceOf(order)] } },
  };
}

/** A list on Vertex, an object with a key (public code that was seen to work, 2026-08 to 2026-10). */
function formatOf({ settings }: GoogleClient, order: ClipOrder, seconds: number) {
  const { resolution, surface, outputUri } = settings;
  const format = {
    type: 'video' as const,
    aspect_ratio: order.scene.aspectRatio,
    duration: `${seconds}s`,
    resolution,
  };
  if (surface === 'GEMINI') return { ...format, delivery: 'uri' as const };
  if (outputUri === null) return [{ ...format, delivery: 'inline' as const }];
  return [{ ...format, delivery: 'uri' as const, gcs_uri: outputUri }];
}

/** Which picture is which, first: one that no tag names is not looked at (told by those who tried, 2026-09). */
function wordsOf(order: ClipOrder): string {
  const tags = 'references' in order ? tagsOfReferences(order.references, callPicture) : FRAMES;
  return `${tags}\n${clipPrompt(order, BY_TAG)}`;
}

async function picturesOf(order: ClipOrder) {
  const files =
    'references' in order
      ? order.references.map(({ file }) => file)
      : [order.startFrameFile, order.endFrameFile];
  return Promise.all(files.map(imageOf));
}

async function imageOf(file: string) {
  const { data, mimeType } = await encodePicture(file);
  return { type: 'image' as const, data, mime_type: mimeType };
}
