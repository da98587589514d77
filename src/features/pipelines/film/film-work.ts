/** Paid calls that a film still lacks, seen from its rows alone. Pure: the same rows give the same calls. */
import type {
  Keyframe,
  Project,
  RunStage,
  Scene,
  UnkeptFrame,
  VideoClip,
} from '../../../generated/prisma/client.ts';
import type { FilmProvider } from '../../../providers/adapter.ts';
import type { AspectRatio } from '../../../providers/aspect-ratio.ts';
import type { ClipCapability } from '../../../providers/capabilities/clip.ts';
import { exactly, NOTHING, plus, type Spread, type Work } from '../../budget/estimate.ts';
import { hasEnded } from '../../video-clips/video-clip.ts';
import { frameAt } from '../../keyframes/keyframe.ts';
import type { FilmCall } from '../../projects/film-provider.ts';
import { storyboardRequest } from '../../storyboards/foresight.ts';
import { isMade } from '../../storyboards/require-models.ts';
import { expectedScenes } from '../../storyboards/scene-count.ts';
import { MAX_TRIES } from '../../projects/paid-tries.ts';
import { PERHAPS_CUT } from '../../storyboards/shortfall.ts';
import type { Film } from './read-film.ts';

/** What a film is to be, saved or not. */
export type FilmSpec = Pick<
  Project,
  | 'prompt'
  | 'style'
  | 'aspectRatio'
  | 'targetClipDuration'
  | 'targetDuration'
  | 'provider'
  | 'clipsFrom'
  | 'sound'
>;

/** A film with what is there of it: scenes in order, with their current frames and clip. */
export type FilmDone = FilmSpec & { referenceIds: readonly string[]; scenes: readonly SceneDone[] };

type SceneDone = Pick<Scene, 'status'> &
  Partial<Pick<Scene, 'sceneIndex' | 'narration' | 'softening'>> & {
    keyframes: Pick<Keyframe, 'position'>[];
    clips: Pick<VideoClip, 'status' | 'operationName'>[];
    /** Frames that are paid for and that the storage has not taken yet. */
    unkept?: Pick<UnkeptFrame, 'position'>[];
  };

/** The film as `retryScene` without other words leaves it to its run: an ended clip makes way, frames stay. */
export const onceRetried = (film: Film, sceneId: string): Film => ({
  ...film,
  scenes: film.scenes.map((scene) =>
    scene.id === sceneId ? { ...scene, clips: scene.clips.filter((clip) => !hasEnded(clip)) } : scene,
  ),
});

/** Scenes of the film: those it has, else those its prompt will give. */
export const sceneCountOf = (film: FilmDone): Spread =>
  film.scenes.length > 0 ? exactly(film.scenes.length) : expected(film);

/** Scenes that a run would still make a clip of. */
export const openScenesOf = (film: FilmDone): Spread =>
  film.scenes.length > 0 ? exactly(film.scenes.filter(needsVideoClip).length) : expected(film);

const expectations = new WeakMap<FilmDone, Spread>();

/** Scenes that the prompt will give; read once a film, for a long one takes a while. */
function expected(film: FilmDone): Spread {
  const scenes = expectations.get(film) ?? expectedScenes(film);
  expectations.set(film, scenes);
  return scenes;
}

/** Calls of a film. */
export type FilmWork = Work & { call: FilmCall };

/** The calls that a run would make which ends with `stopAfter`; null runs to the film. */
export function workOf(film: FilmDone, stopAfter: RunStage | null, provider: FilmProvider): FilmWork[] {
  const { STORYBOARD, KEYFRAME, CLIP } = provider.capabilities;
  const aspectRatio = film.aspectRatio as AspectRatio;
  const references = film.referenceIds.length;
  const storyboard = storyboardRequest(film);
  const isWritten = film.scenes.length > 0;
  const calls: FilmWork[] = [
    {
      call: 'STORYBOARD',
      model: STORYBOARD.model,
      quote: STORYBOARD.quote(storyboard),
      times: isWritten ? NOTHING : exactly(1),
    },
    {
      call: 'STORYBOARD',
      model: STORYBOARD.model,
      // Answers that were of no use: one that was cut off gives those after it more room.
      quote: STORYBOARD.quote({ ...storyboard, before: PERHAPS_CUT }),
      times: isWritten ? NOTHING : { low: 0, likely: 0, high: MAX_TRIES - 1 },
    },
    {
      call: 'KEYFRAME',
      model: KEYFRAME.model,
      quote: KEYFRAME.quote({ position: 'START', aspectRatio, references }),
      times: missingStarts(film),
    },
    {
      call: 'KEYFRAME',
      model: KEYFRAME.model,
      quote: KEYFRAME.quote({ position: 'END', aspectRatio, references }),
      times: plus(missingEnds(film), redrawnEnds(film, stopAfter, CLIP)),
    },
    {
      call: 'CLIP',
      model: CLIP.model,
      quote: CLIP.quote({
        durationSeconds: film.targetClipDuration,
        aspectRatio,
        clipsFrom: film.clipsFrom,
        references,
        sound: film.sound,
      }),
      times: openScenesOf(film),
    },
  ];
  return calls.filter(({ call }) => isMade(call, stopAfter, film.clipsFrom));
}

const missingEnds = (film: FilmDone): Spread =>
  film.scenes.length > 0 ? exactly(film.scenes.filter(isToBuy('END')).length) : expected(film);

/** The last rung of the safety ladder draws a scene's last frame anew; what a filter refuses is not paid for itself. */
function redrawnEnds(film: FilmDone, stopAfter: RunStage | null, { softens }: ClipCapability): Spread {
  const makesClips = isMade('CLIP', stopAfter, film.clipsFrom);
  return softens && makesClips ? { ...NOTHING, high: openScenesOf(film).high } : NOTHING;
}

/** The first scene's; every other start is the end before it, at no cost, unless that was drawn already. */
function missingStarts({ scenes }: FilmDone): Spread {
  if (scenes.length === 0) return exactly(1);
  const bought = scenes.filter((scene, index) => {
    const before = scenes[index - 1];
    return isToBuy('START')(scene) && !(before && lacks('END')(before));
  });
  return exactly(bought.length);
}

const lacks =
  (position: Keyframe['position']) =>
  ({ keyframes }: SceneDone) =>
    !frameAt(keyframes, position);

/** Whether a frame is still to be bought: one on the shelf is only to be kept, and handed down then. */
const isToBuy = (position: Keyframe['position']) => (scene: SceneDone) =>
  lacks(position)(scene) && !scene.unkept?.some((frame) => frame.position === position);

/** What a launch does about a scene: what ended without a file is bought anew; not what is bought, lost, or was refused for good. */
export function needsVideoClip({ status, clips: [clip] }: SceneDone): boolean {
  if (!clip) return true;
  const isRefused = clip.status === 'RAI_FILTERED' && status === 'FAILED';
  return !isUndecided(clip) && clip.status !== 'COMPLETE' && clip.status !== 'LOST' && !isRefused;
}

/** Whether a clip may have been bought and has not come to an end: it may still be delivered, or charged. */
export const isUndecided = ({ status, operationName }: SceneDone['clips'][number]): boolean =>
  status === 'SUBMITTING' || status === 'UNKNOWN' || (operationName !== null && AT_PROVIDER.includes(status));

/** With an operation, a clip in these is still its provider's. */
const AT_PROVIDER: readonly VideoClip['status'][] = ['SUBMITTED', 'POLLING', 'TIMED_OUT'];
