import { type InputIssue, refuseIssues } from '../../../core/errors.ts';
import { secondsText } from '../../../core/seconds-text.ts';
import type { Rectangle, ShotByHand } from '../../../media/reframe/by-hand.ts';
import { MAX_FACES, MAX_FRAMED_SHOTS } from './stored-framing.ts';

/** A shot as somebody asks for it: of the last three, one. */
export type AskedShot = {
  atSeconds: number;
  face?: number | null | undefined;
  rectangle?: Rectangle | null | undefined;
  isWhole?: boolean | null | undefined;
};

/**
 * What is asked of shots, in order of time. Pure.
 *
 * @throws {InvalidInputError} naming each of `shots` that is none.
 */
export function framedShots(shots: readonly AskedShot[], durationSeconds: number): ShotByHand[] {
  refuseIssues(issuesOf(shots, durationSeconds));
  return shots.map(framedShot).toSorted((one, other) => one.atSeconds - other.atSeconds);
}

function framedShot({ atSeconds, face, rectangle }: AskedShot): ShotByHand {
  if (face != null) return { atSeconds, face };
  if (!rectangle) return { atSeconds, whole: true };
  const { x, y, width, height } = rectangle;
  return { atSeconds, rectangle: { x, y, width, height } };
}

/** A share of a picture's side that was rounded. */
const ROUNDING = 1e-6;

function issuesOf(shots: readonly AskedShot[], durationSeconds: number): InputIssue[] {
  if (shots.length > MAX_FRAMED_SHOTS)
    return [{ path: ['shots'], message: `May be at most ${MAX_FRAMED_SHOTS} shots.` }];
  const seen = new Set<number>();
  return shots.flatMap((shot, place) => {
    const issue = (field: string[], message: string) => ({
      path: ['shots', String(place), ...field],
      message,
    });
    const { atSeconds, face, rectangle } = shot;
    const isTwice = seen.has(atSeconds);
    seen.add(atSeconds);
    const asked = [face != null, rectangle != null, shot.isWhole === true].filter(Boolean).length;
    const isIn = atSeconds >= 0 && atSeconds < durationSeconds;
    return [
      ...(isIn
        ? []
        : [issue(['atSeconds'], `Must be 0 to before ${secondsText(durationSeconds)}, the video’s end.`)]),
      ...(isTwice ? [issue(['atSeconds'], `The shot at ${secondsText(atSeconds)} is named twice.`)] : []),
      ...(asked === 1 ? [] : [issue([], 'Must have one of `face` and `rectangle`, or be whole.')]),
      ...(face != null && (face < 0 || face >= MAX_FACES)
        ? [issue(['face'], `Must be 0 to ${MAX_FACES - 1}, counted from the left.`)]
        : []),
      ...(rectangle && !isWithin(rectangle)
        ? [
            issue(
              ['rectangle'],
              'Must lie in the picture, in shares of its sides: 0 to 1, with some width and height.',
            ),
          ]
        : []),
    ];
  });
}

const isWithin = ({ x, y, width, height }: Rectangle): boolean =>
  x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= 1 + ROUNDING && y + height <= 1 + ROUNDING;
