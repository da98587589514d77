import type { Move, Shot } from '../art/recipe.ts';
import { SUBJECT_WORDS, namesIn } from '../art/vocabulary.ts';
import type { Beat } from '../../../script/beat.ts';

/** A shot's size and angle, and how the camera moves in it. */
export type Setup = { shot: Shot; move: Move };

const CUES: readonly (readonly [RegExp, Shot])[] = [
  [/\b(eyes?|face|smiles?|tears?|whispers?|breath\w*|lips|stares?|gaze\w*|cries|weeps)\b/i, 'close-up'],
  [/\b(hands?|fingers?|holds|opens|turns the|writes|pours|lights the|switch\w*|key)\b/i, 'insert'],
  [/\b(watch\w*|looks? (?:at|out|over|across)|sees|faces|meets|waits? for|listens)\b/i, 'over-the-shoulder'],
  [/\b(climbs?|rises?|towers?|towering|looms?|soars?|above|upward|sky)\b/i, 'low angle'],
  [/\b(below|valley|rooftops|from above|aerial|crowds?|maze|map)\b/i, 'high angle'],
];

/** Wide, then closer, then an angle: the order in which an audience asks its questions. */
const ROTATION: readonly [Shot, ...Shot[]] = [
  'medium',
  'close-up',
  'low angle',
  'insert',
  'over-the-shoulder',
  'high angle',
];
const VIEW_SHOTS: Readonly<Record<Exclude<Beat['view'], 'written'>, Shot>> = {
  setting: 'wide',
  closer: 'medium',
  detail: 'insert',
  reverse: 'over-the-shoulder',
  after: 'wide',
};
const MOVES: Readonly<Record<Shot, readonly [Move, Move, Move]>> = {
  wide: ['push in', 'pan right', 'pan left'],
  medium: ['truck right', 'push in', 'truck left'],
  'close-up': ['push in', 'drift', 'pull out'],
  insert: ['drift', 'push in', 'tilt down'],
  'over-the-shoulder': ['push in', 'truck left', 'drift'],
  'low angle': ['tilt up', 'push in', 'drift'],
  'high angle': ['pull out', 'pan left', 'pan right'],
};

/** A setup for every beat: the first establishes, no shot and no move comes twice in a row, the last lets go. */
export function planShots(beats: readonly Beat[]): Setup[] {
  const setups: Setup[] = [];
  beats.forEach((beat, index) => {
    const before = setups.at(-1);
    const last = index === beats.length - 1 && index > 1;
    const shot = index === 0 ? 'wide' : shotFor(beat, index, before?.shot);
    const wanted: readonly Move[] = last ? ['pull out', ...MOVES[shot]] : MOVES[shot];
    const move = wanted.find((candidate) => candidate !== before?.move) ?? 'drift';
    setups.push({ shot, move });
  });
  return setups;
}

function shotFor(beat: Beat, index: number, before: Shot | undefined): Shot {
  const hasPeople = namesIn(beat.text, SUBJECT_WORDS).some(
    (name) => name === 'figure' || name === 'pair' || name === 'crowd',
  );
  const suits = (shot: Shot) => shot !== before && (shot !== 'over-the-shoulder' || hasPeople);
  const cued = CUES.flatMap(([cue, shot]) => (cue.test(beat.text) ? [shot] : []));
  const viewed = beat.view === 'written' ? [] : [VIEW_SHOTS[beat.view]];
  const turn = (index - 1) % ROTATION.length;
  const rotated = [...ROTATION.slice(turn), ...ROTATION.slice(0, turn)];
  return [...viewed, ...cued, ...rotated].find(suits) ?? 'medium';
}
