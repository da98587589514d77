/** How each shot of a clip fills its frame, by the faces in it. Pure. */
import type { SpokenWord } from '../../text/timed-words.ts';
import { cropSize, type Framing, type ShotFraming, type Size } from '../cut/framing.ts';
import type { SeenFaces } from '../faces/face.ts';
import { handOn, type ShotByHand } from './by-hand.ts';
import { fills } from './aspects.ts';
import { chooseShown, type Shown } from './choose-shown.ts';
import { onPeople, onRectangle, onTwo } from './parts.ts';
import { peopleOf, type Person } from './people.ts';
import type { Span } from './smooth-path.ts';

export type FramingWish = {
  /** px, upright. */
  picture: Size;
  /** px of the clip, even. */
  frame: Size;
  startSeconds: number;
  endSeconds: number;
  /** When other shots begin, ascending; those outside the clip are left out. */
  cuts: readonly number[];
  seen: readonly SeenFaces[];
  /** What is said, and where it is known by whom; on the film's clock. */
  words?: readonly SpokenWord[];
  /** What a person said of shots. */
  byHand?: readonly ShotByHand[];
};

/** What became of a shot. */
export type PlannedShot = Span & {
  /** `PART`: a rectangle that was asked for, or all of a picture that fills the frame as it is. */
  shows: 'FACE' | 'SPLIT' | 'WHOLE' | 'PART';
  /** Where people are seen in it, from left to right: the faces that can be asked for. */
  faces: { x: number; y: number; width: number; height: number }[];
  isByHand: boolean;
};

export type FramingPlan = { framing: Framing; shots: PlannedShot[] };

/**
 * Plans the framing of a clip. What a person said of a shot holds, but for a face that is not there. Within a shot a part moves
 * smoothly or not at all; from one to the next it jumps, with the picture.
 */
export function planFraming(wish: FramingWish): FramingPlan {
  const planned = spansOf(wish).map((span) => planShot(wish, span));
  return {
    framing: {
      width: wish.frame.width,
      height: wish.frame.height,
      shots: planned.map(({ shot, framing }) => ({ fromSeconds: shot.fromSeconds, framing })),
    },
    shots: planned.map(({ shot }) => shot),
  };
}

/** The shots of a clip, in order; the first and the last may be parts of the film's. */
export function spansOf({
  startSeconds,
  endSeconds,
  cuts,
}: Pick<FramingWish, 'startSeconds' | 'endSeconds' | 'cuts'>): Span[] {
  const inside = [...new Set(cuts)].filter((cut) => cut > startSeconds && cut < endSeconds);
  const edges = [startSeconds, ...inside.toSorted((one, other) => one - other), endSeconds];
  return edges
    .slice(0, -1)
    .map((fromSeconds, place) => ({ fromSeconds, toSeconds: edges[place + 1] ?? endSeconds }));
}

/** Two times that were rounded in other ways are the same picture's. */
const SAME_PICTURE_SECONDS = 1 / 240;

function planShot(wish: FramingWish, span: Span): { shot: PlannedShot; framing: ShotFraming } {
  const isIn = (seconds: number) =>
    seconds >= span.fromSeconds - SAME_PICTURE_SECONDS && seconds < span.toSeconds - SAME_PICTURE_SECONDS;
  const people = peopleOf(wish.seen.filter(({ seconds }) => isIn(seconds)));
  const hand = handOn(wish.byHand ?? [], span);
  const asked = hand && byHand(wish, span, people, hand);
  const { shows, framing } = asked ?? byItself(wish, span, people);
  const faces = people.map(whereOf);
  return { shot: { ...span, shows, faces, isByHand: asked !== null }, framing };
}

type Answer = { shows: PlannedShot['shows']; framing: ShotFraming };

const WHOLE: Answer = { shows: 'WHOLE', framing: { kind: 'WHOLE' } };

/** Null of a face that is not there. */
function byHand(wish: FramingWish, span: Span, people: readonly Person[], hand: ShotByHand): Answer | null {
  if ('whole' in hand) return whole(wish);
  if ('rectangle' in hand) return { shows: 'PART', framing: onRectangle(hand.rectangle, wish) };
  const person = people[hand.face];
  return person ? { shows: 'FACE', framing: onPeople([person], span, wish, true) } : null;
}

function byItself(wish: FramingWish, span: Span, people: readonly Person[]): Answer {
  if (fills(wish.picture, wish.frame)) return whole(wish);
  const said = (wish.words ?? []).filter(
    ({ startSeconds, endSeconds }) => startSeconds < span.toSeconds && endSeconds > span.fromSeconds,
  );
  const shown = chooseShown(people, largestPart(wish), said);
  return shown.kind === 'WHOLE' ? WHOLE : { shows: shown.kind, framing: framingOn(shown, span, wish) };
}

const framingOn = (shown: Exclude<Shown, { kind: 'WHOLE' }>, span: Span, wish: FramingWish): ShotFraming =>
  shown.kind === 'FACE' ? onPeople(shown.people, span, wish, false) : onTwo(shown.people, span, wish);

/** A picture that fills the frame needs nothing behind it. */
const whole = ({ picture, frame }: FramingWish): Answer =>
  fills(picture, frame) ? { shows: 'PART', framing: { kind: 'CROP', scale: 1, points: [] } } : WHOLE;

function largestPart({ picture, frame }: FramingWish): Size {
  const { width, height } = cropSize(picture, frame, 1);
  return { width: width / picture.width, height: height / picture.height };
}

/** Where somebody is in the middle of the shot. */
function whereOf(person: Person): PlannedShot['faces'][number] {
  const { x, y, width, height } = person[Math.floor(person.length / 2)] ?? {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
  };
  return { x, y, width, height };
}
