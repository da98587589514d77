import { FRAME_RATE } from '../../media/encoding.ts';

/** A join of two clips whose crossfade is shorter than asked for; the one after the scene of this index. */
type ShortenedJoin = { sceneIndex: number; seconds: number };

/** What a person is told of crossfades that their clips are too short for. */
export type ShortenedCrossfades = { message: string; details: { joins: ShortenedJoin[] } };

/**
 * Names the joins whose crossfade came out shorter than asked for; null where none did.
 *
 * @param scenes of the film's clips, in order.
 * @param actualSeconds one number a join: the crossfade after each clip but the last.
 */
export function shortenedCrossfades(
  askedSeconds: number,
  scenes: readonly { sceneIndex: number }[],
  actualSeconds: readonly number[],
): ShortenedCrossfades | null {
  const wishedSeconds = Math.round(askedSeconds * FRAME_RATE) / FRAME_RATE;
  const joins = actualSeconds.flatMap((seconds, join) =>
    seconds < wishedSeconds ? [{ sceneIndex: scenes[join]?.sceneIndex ?? join, seconds }] : [],
  );
  if (joins.length === 0) return null;
  const list = joins.map(({ sceneIndex, seconds }) => `${textOf(seconds)} after scene ${sceneIndex + 1}`);
  const message = `The crossfade of ${textOf(askedSeconds)} is shorter where a clip is: ${list.join(', ')}. It takes at most half of a clip.`;
  return { message, details: { joins } };
}

const textOf = (seconds: number) => (seconds === 0 ? 'a hard cut' : `${seconds.toFixed(2)} s`);
