import { messageOf } from '../../core/outside-text.ts';
import { fitPicture } from '../../media/still/fit-picture.ts';
import { isRefusedInHand, throughRefusals } from '../../platform/storage/refusals.ts';
import { type Receipt, receiptOf } from '../../providers/price.ts';
import type { Size } from '../../providers/aspect-ratio.ts';
import type { KeyframeResult } from '../../providers/capabilities/keyframe.ts';
import { ProviderError } from '../../providers/provider-error.ts';
import { shapeOf } from './frame-shape.ts';

/** What a frame must look like. */
export type FrameNeeds = {
  /** px of its film. */
  film: Size;
  /** px of the clip's other frame; null if there is none yet. */
  other: Size | null;
};

/** A frame that was bought, and what was done so that it fits; null for nothing. */
export type Fitted = KeyframeResult & Receipt & { fitted: string | null };

/**
 * Gives a drawn frame, a file on this machine, the very shape of its film, and the size of the clip's other frame.
 *
 * @throws {ProviderError} with the bill: IN_VAIN for one that is too far off, REFUSED where it cannot be written.
 */
export async function fitFrame(
  file: string,
  drawn: KeyframeResult & Receipt,
  { film, other }: FrameNeeds,
  signal: AbortSignal,
): Promise<Fitted> {
  const receipt = receiptOf(drawn);
  const shape = shapeOf(drawn, film, other);
  if (shape.kind === 'AS_IT_IS') return { ...drawn, fitted: null };
  if (shape.kind === 'FAR_OFF')
    throw new ProviderError('IN_VAIN', `The frame is of no use: ${shape.words}.`, {
      receipt,
    });
  const { part, size, words } = shape;
  try {
    await throughRefusals(() => fitPicture({ file, part, size }, { signal }), {
      mayPass: isRefusedInHand,
      signal,
    });
  } catch (cause) {
    throw new ProviderError('REFUSED', `The frame could not be cropped: ${messageOf(cause)}`, {
      receipt,
      cause,
    });
  }
  return { ...drawn, ...size, mimeType: 'image/jpeg', fitted: words };
}
