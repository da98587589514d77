/** Draws the first or the last frame of a scene. */
import { cleanText } from '../../core/outside-text.ts';
import type { AspectRatio, Size } from '../aspect-ratio.ts';
import type { ReferencePicture, SceneBrief } from '../scene-brief.ts';
import { type Capability, cleaned, cleanReceipt, defineCapability, type PaidFor } from './capability.ts';

export type KeyframeRequest = {
  scene: SceneBrief;
  /** Who and what it is drawn from besides; at most the capability's `maxReferences`, none unless given. */
  references?: readonly ReferencePicture[];
  position: 'START' | 'END';
  /** File of the picture this one starts from: the scene's first frame, for its last. Null for a first frame. */
  fromFile: string | null;
  /** Where the picture is to be written; the caller moves it into the storage. */
  toFile: string;
};

export type KeyframeResult = Size & { mimeType: 'image/png' | 'image/jpeg'; promptUsed: string };

/** What the price of a frame depends on. */
export type KeyframeQuoteRequest = {
  position: KeyframeRequest['position'];
  aspectRatio: AspectRatio;
  /** Reference images that it is drawn from; none unless given. */
  references?: number;
};

export type KeyframeCapability = Capability<KeyframeQuoteRequest> & {
  /** Reference images that a frame is drawn from at most; 0 where frames are drawn from words alone. */
  maxReferences: number;
  call: PaidFor<KeyframeRequest, KeyframeResult>;
};

export const keyframe = defineCapability<KeyframeCapability>({
  does: 'Draws a first or a last frame.',
  edges: {
    call: cleaned((drawn) => ({ ...drawn, ...cleanReceipt(drawn), promptUsed: cleanText(drawn.promptUsed) })),
  },
});
