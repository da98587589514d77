import type { SceneBrief } from '../../scene-brief.ts';
import { hashText, pick, seededRandom } from './random.ts';
import {
  type Hour,
  type Move,
  MOVES,
  PLACES,
  type Place,
  type Recipe,
  SHOTS,
  STYLES,
  type Shot,
  type Style,
  type Subject,
} from './recipe.ts';
import { HOUR_WORDS, PLACE_WORDS, SUBJECT_WORDS, WEATHER_WORDS, namesIn } from './vocabulary.ts';

/**
 * What a scene shows, read from its words. What they leave open stays as it was in `before` (the
 * set of the picture this one starts from), then follows the film's title, then the seed.
 */
export function readRecipe(brief: SceneBrief, before: Recipe | null): Recipe {
  const text = brief.sceneDescription;
  const seed = hashText(`${brief.style}|${brief.title}|${text}|${brief.endFramePrompt}`);
  const random = seededRandom(seed);
  const inText = namesIn(text, PLACE_WORDS);
  const place = inText[0] ?? before?.place ?? namesIn(brief.title, PLACE_WORDS)[0] ?? pick(random, SCENIC);
  const hour =
    namesIn(text, HOUR_WORDS)[0] ??
    before?.hour ??
    namesIn(brief.title, HOUR_WORDS)[0] ??
    pick(random, HOURS_FOR[styleOf(brief)]);
  const moved = before !== null && inText[0] !== undefined && inText[0] !== before.place;
  const weather =
    namesIn(text, WEATHER_WORDS)[0] ??
    (moved ? 'clear' : (before?.weather ?? namesIn(brief.title, WEATHER_WORDS)[0] ?? 'clear'));
  const shot = shotIn(brief.endFramePrompt) ?? SHOTS[seed % SHOTS.length] ?? 'wide';
  const [subject, companion] = cast(text, shot, place, moved ? null : before);
  const move = moveIn(brief.videoMotionPrompt);
  return {
    style: styleOf(brief),
    aspectRatio: brief.aspectRatio,
    seed,
    place,
    hour,
    weather,
    subject,
    companion,
    shot,
    move,
  };
}

const SCENIC: readonly [Place, ...Place[]] = ['field', 'mountain', 'river', 'city', 'forest', 'sea'];

const HOURS_FOR: Readonly<Record<Style, readonly [Hour, ...Hour[]]>> = {
  cinematic: ['dusk', 'dawn', 'dusk'],
  noir: ['night', 'dusk'],
  neon: ['dusk', 'night'],
  documentary: ['day', 'dawn', 'day'],
  anime: ['day', 'dusk', 'day'],
  watercolor: ['day', 'dusk', 'dawn'],
};

/** Unknown styles never get here from a project; a brief made by hand is drawn as the first. */
const styleOf = ({ style }: SceneBrief): Style => STYLES.find((known) => known === style) ?? STYLES[0];

const SHOT_PATTERNS: readonly (readonly [RegExp, Shot])[] = [
  [/over[- ]the[- ]shoulder/i, 'over-the-shoulder'],
  [/\b(insert|macro|detail)\b/i, 'insert'],
  [/close[- ]?up/i, 'close-up'],
  [/low[- ]angle/i, 'low angle'],
  [/(high[- ]angle|aerial|overhead|bird'?s[- ]eye)/i, 'high angle'],
  [/\bmedium\b/i, 'medium'],
  [/\b(wide|establishing|long)\b/i, 'wide'],
];

/** The shot the words name. */
export const shotIn = (text: string): Shot | undefined =>
  SHOT_PATTERNS.find(([pattern]) => pattern.test(text))?.[1];

const MOVE_PATTERNS: readonly (readonly [RegExp, Move])[] = [
  [/(push|dolly|zoom)\w*[ -]?(slowly |gently )?in|closer|toward/i, 'push in'],
  [/(pull|dolly|zoom)\w*[ -]?(slowly |gently )?(out|back)|away/i, 'pull out'],
  [/pan\w* (\w+ )?left/i, 'pan left'],
  [/pan\w* (\w+ )?right/i, 'pan right'],
  [/(tilt|crane|ris)\w* (\w+ )?up/i, 'tilt up'],
  [/(tilt|crane)\w* (\w+ )?down/i, 'tilt down'],
  [/(truck|track|slid)\w* (\w+ )?left/i, 'truck left'],
  [/(truck|track|slid)\w* (\w+ )?right/i, 'truck right'],
];

/** The first camera move the words name; a gentle drift if they name none. */
export function moveIn(text: string): Move {
  const named = MOVES.find((move) => text.toLowerCase().includes(move));
  return named ?? MOVE_PATTERNS.find(([pattern]) => pattern.test(text))?.[1] ?? 'drift';
}

/** Small things: shown large in an insert, left out of a wide view. */
const DETAILS: ReadonlySet<Subject> = new Set(['letter', 'lamp', 'clock', 'cup', 'flower', 'fire']);
const PEOPLE: ReadonlySet<Subject> = new Set(['figure', 'pair', 'crowd']);
/** What stands in a place that nobody is said to be in. */
const DEFAULTS: Readonly<Record<Place, Subject | null>> = {
  sea: 'ship',
  city: null,
  forest: 'tree',
  mountain: 'house',
  desert: null,
  field: 'tree',
  river: 'tree',
  road: 'car',
  room: 'lamp',
  space: 'rocket',
  market: 'crowd',
};

/** What there is to look at in a place. */
const seen = (place: Place): Subject[] => [DEFAULTS[place]].filter((subject) => subject !== null);

function cast(
  text: string,
  shot: Shot,
  place: Place,
  before: Recipe | null,
): [Subject | null, Subject | null] {
  const named = namesIn(text, SUBJECT_WORDS);
  const people = named.filter((name) => PEOPLE.has(name));
  const details = named.filter((name) => DETAILS.has(name));
  const sights = named.filter((name) => !PEOPLE.has(name) && !DETAILS.has(name));
  const known = before?.subject ?? null;
  const ranked = {
    insert: [...details, ...sights, ...people],
    'close-up': [...people, ...details, ...sights],
    medium: [...people, ...sights, ...details],
    'over-the-shoulder': [...sights, ...details, ...seen(place), ...people],
    wide: [...sights, ...people, ...details],
    'low angle': [...sights, ...people, ...details],
    'high angle': [...sights, ...people, ...details],
  }[shot];
  const subject = ranked[0] ?? known ?? DEFAULTS[place];
  const second = ranked.find(
    (name) => name !== subject && !(PEOPLE.has(name) && subject !== null && PEOPLE.has(subject)),
  );
  const open =
    shot === 'wide' ||
    shot === 'medium' ||
    shot === 'low angle' ||
    shot === 'high angle' ||
    subject === 'pair' ||
    subject === 'crowd';
  const alone = subject === 'ship' && place === 'sea';
  return [subject, open && !alone ? (second ?? null) : null];
}

const among = (names: readonly string[], name: unknown) => typeof name === 'string' && names.includes(name);

/** Whether a value is a recipe of ours. It may come from a file that anybody uploaded. */
export function isRecipe(value: unknown): value is Recipe {
  if (typeof value !== 'object' || value === null) return false;
  const recipe = value as Partial<Record<keyof Recipe, unknown>>;
  const subjects = Object.keys(SUBJECT_WORDS);
  return (
    among(STYLES, recipe.style) &&
    among(PLACES, recipe.place) &&
    among(SHOTS, recipe.shot) &&
    among(MOVES, recipe.move) &&
    among(Object.keys(HOUR_WORDS), recipe.hour) &&
    among(Object.keys(WEATHER_WORDS), recipe.weather) &&
    [recipe.subject, recipe.companion].every((subject) => subject === null || among(subjects, subject)) &&
    among(['16:9', '9:16', '1:1'], recipe.aspectRatio) &&
    Number.isInteger(recipe.seed)
  );
}
