import type { SpokenWord } from '../../text/timed-words.ts';
import type { Size } from '../cut/framing.ts';
import type { SeenFaces } from '../faces/face.ts';
import { findFaces } from '../faces/find-faces.ts';
import { type Aspect, fills, frameOf } from './aspects.ts';
import { handOn, type ShotByHand } from './by-hand.ts';
import { type FramingPlan, planFraming, spansOf } from './plan-framing.ts';

export type ClipFraming = {
  /** The film. */
  file: string;
  /** px of its pictures, upright, as `uprightOf` tells. */
  picture: Size;
  /** The clip, on the film's clock. */
  startSeconds: number;
  endSeconds: number;
  aspect: Aspect;
  /** When other shots of the film begin, as `findShots` tells; those outside the clip are left out. */
  cuts: readonly number[];
  /** What a person said of shots. */
  byHand: readonly ShotByHand[];
  /** What is said, and where that is known by whom, on the film's clock. */
  words: readonly SpokenWord[];
};

/** Of the clip; looking for faces takes nearly all of it. */
type Options = { signal?: AbortSignal | undefined; onProgress?: (secondsDone: number) => void };

/**
 * Plans how a clip's shots fill its frame: looks for faces where that is asked by nobody's hand, in a process of its own, and
 * writes nothing. The same film and wishes give the same plan.
 *
 * @returns null where the clip's pictures stay as they are: `cutClip` may then copy them.
 * @throws the signal's reason, when aborted.
 * @throws {DomainError} MEDIA_FAILED, naming the file, when it cannot be decoded.
 */
export async function framingFor(clip: ClipFraming, options: Options = {}): Promise<FramingPlan | null> {
  const frame = frameOf(clip.aspect, clip.picture);
  const isFilled = fills(clip.picture, frame);
  const hands = spansOf(clip).map((span) => handOn(clip.byHand, span));
  if (isFilled && hands.every((hand) => hand === null)) return null;
  const isLookedFor = hands.some((hand) => (hand ? 'face' in hand : !isFilled));
  const seen: SeenFaces[] = isLookedFor ? await findFaces(clip, options) : [];
  return planFraming({ ...clip, frame, seen });
}
