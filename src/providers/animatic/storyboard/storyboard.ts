import type { StoryboardRequest } from '../../capabilities/storyboard.ts';
import type { StoryboardAnswer } from '../../storyboard-answer.ts';
import { STYLES, type Move, type Shot } from '../art/recipe.ts';
import { balance } from './balance.ts';
import { clipped } from '../../../script/sentences.ts';
import { type Beat, shownText, type View } from '../../../script/beat.ts';
import { isEnglish } from './narration.ts';
import { beatsOf, readScript } from '../../../script/read-script.ts';
import { type Setup, planShots } from './shots.ts';
import { STYLE_GUIDES, type StyleGuide } from './style-guides.ts';

type Scene = StoryboardAnswer['scenes'][number];

/** Characters; a scene that says more says it in its own words on screen up to here. */
const LONGEST_DESCRIPTION = 1_200;
/** Characters of it that a picture's prompt repeats. */
const LONGEST_SUBJECT = 600;

/**
 * Breaks a prompt or script into scenes, by the rules of the craft instead of by a model: the answer
 * is what a model would give, and the same for the same request. Each has all that its stretch of the script gives the
 * voice to say, whether the voice can or not; added views are silent.
 */
export function writeStoryboard(request: StoryboardRequest): StoryboardAnswer {
  const style = STYLES.find((known) => known === request.style) ?? STYLES[0];
  const guide = STYLE_GUIDES[style];
  const written = beatsOf(readScript(request.prompt));
  const natural: Beat[] =
    written.length > 0
      ? written
      : [{ heading: null, text: request.prompt.trim() || '…', narration: null, view: 'written' }];
  const beats = balance(natural, sceneCount(request, natural.length));
  const setups = planShots(beats);
  const english = isEnglish(request.prompt);
  const ends = beats.map((beat, index) => endPrompt(beat, setupAt(setups, index), guide));
  const scenes = beats.map((beat, index): Scene => {
    const setup = setupAt(setups, index);
    return {
      scene_index: index,
      scene_description: describe(beat, english),
      start_frame_prompt: ends[index - 1] ?? startPrompt(beat, setup, guide),
      end_frame_prompt: ends[index] ?? startPrompt(beat, setup, guide),
      video_motion_prompt: motionPrompt(setup, index > 0),
      transition_notes: transitionNotes(index, beats.length, setups),
      ...(beat.narration === null ? {} : { narration: beat.narration }),
    };
  });
  return {
    style_guide: {
      visual_style: guide.visualStyle,
      color_palette: guide.colorPalette,
      camera_style: guide.cameraStyle,
    },
    scenes,
  };
}

function sceneCount(
  { targetDuration, targetClipDuration, maxScenes }: StoryboardRequest,
  natural: number,
): number {
  const wanted = targetDuration === null ? natural : Math.ceil(targetDuration / targetClipDuration);
  return Math.max(1, Math.min(maxScenes, wanted));
}

const setupAt = (setups: readonly Setup[], index: number): Setup =>
  setups[index] ?? { shot: 'wide', move: 'drift' };

const VIEW_HEADINGS: Readonly<Record<Exclude<View, 'written'>, string>> = {
  setting: 'The setting',
  closer: 'A closer look',
  detail: 'A detail',
  reverse: 'The other side',
  after: 'The moment after',
};

/** `Heading — what happens`: what the screen shows and the prompts repeat. */
function describe(beat: Beat, english: boolean): string {
  const { heading, view } = beat;
  const head = heading ?? (view !== 'written' && english ? VIEW_HEADINGS[view] : null);
  const text = shownText(beat);
  return clipped(head ? `${head} — ${text}` : text, LONGEST_DESCRIPTION);
}

const SHOT_WORDS: Readonly<Record<Shot, string>> = {
  wide: 'Wide establishing shot, eye level',
  medium: 'Medium shot, eye level',
  'close-up': 'Close-up, shallow depth of field',
  insert: 'Insert shot of the telling detail, macro lens',
  'over-the-shoulder': 'Over-the-shoulder shot, the near figure dark and soft',
  'low angle': 'Low angle shot, looking up',
  'high angle': 'High angle shot, looking down',
};

const MOVE_WORDS: Readonly<Record<Move, { move: string; from: string; to: string }>> = {
  'push in': { move: 'a slow push in', from: 'the camera still at a distance', to: 'the camera come closer' },
  'pull out': {
    move: 'a slow pull out',
    from: 'the camera close',
    to: 'the camera drawn back to show the whole place',
  },
  'pan left': { move: 'a gentle pan left', from: 'framed toward the right', to: 'framed toward the left' },
  'pan right': { move: 'a gentle pan right', from: 'framed toward the left', to: 'framed toward the right' },
  'tilt up': { move: 'a slow tilt up', from: 'framed low', to: 'framed high, with more sky' },
  'tilt down': { move: 'a slow tilt down', from: 'framed high', to: 'framed low' },
  'truck left': {
    move: 'a smooth truck left',
    from: 'the camera at the right',
    to: 'the camera moved to the left, near things passed',
  },
  'truck right': {
    move: 'a smooth truck right',
    from: 'the camera at the left',
    to: 'the camera moved to the right, near things passed',
  },
  drift: {
    move: 'an almost still drift',
    from: 'the camera at rest',
    to: 'the camera at rest, a breath later',
  },
};

const subjectOf = (beat: Beat): string => {
  const { heading, view } = beat;
  const which = view === 'written' ? '' : `${VIEW_HEADINGS[view]} of: `;
  return clipped(`${heading ? `${heading}. ` : ''}${which}${shownText(beat)}`, LONGEST_SUBJECT);
};

const startPrompt = (beat: Beat, { shot, move }: Setup, guide: StyleGuide): string =>
  `${SHOT_WORDS[shot]}, ${guide.short}. ${subjectOf(beat)} Camera: ${MOVE_WORDS[move].from}. ${guide.colorPalette} No text in the picture.`;

const endPrompt = (beat: Beat, { shot, move }: Setup, guide: StyleGuide): string =>
  `${SHOT_WORDS[shot]}, ${guide.short}, a moment later. ${subjectOf(beat)} Camera: ${MOVE_WORDS[move].to}. ${guide.colorPalette} No text in the picture.`;

function motionPrompt({ shot, move }: Setup, joins: boolean): string {
  const opening = joins ? 'Dissolves from the previous shot within the first second; then ' : '';
  return sentence(
    `${opening}camera: ${MOVE_WORDS[move].move} (${move}) on the ${shot} framing, eased, without shake; only air, light and water stir.`,
  );
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function transitionNotes(index: number, count: number, setups: readonly Setup[]): string {
  const { shot, move } = setupAt(setups, index);
  const opens =
    index === 0
      ? `Opens the film on the ${shot}.`
      : `Begins on the last picture of scene ${index} and dissolves to the ${shot}.`;
  const next = setups[index + 1];
  const closes = next
    ? `The ${move} leads over to the ${next.shot} of scene ${index + 2}.`
    : `The ${move} settles; hold, then the film ends${count > 1 ? ' where it has arrived' : ''}.`;
  return `${opens} ${closes}`;
}
