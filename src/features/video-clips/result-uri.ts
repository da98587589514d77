/** Where a provider has a clip that it finished. */
import type { VideoClip } from '../../generated/prisma/client.ts';

/**
 * Whether a clip's provider has it done and said where; what is not kept here yet is to be fetched there. Not so while a
 * refused address is asked for again: that it was done once, and is charged, says `doneAt`.
 */
export const isDoneAtProvider = <Clip extends Pick<VideoClip, 'resultUri'>>(
  clip: Clip,
): clip is Clip & { resultUri: string } => clip.resultUri !== null;

/** The clip's address in Cloud Storage; null where its provider has it elsewhere, or has not said. */
export const gcsUriOf = ({ resultUri }: Pick<VideoClip, 'resultUri'>): string | null =>
  resultUri?.startsWith('gs://') ? resultUri : null;
