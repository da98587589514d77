/** What is known of a film in the making, and how it looks on a terminal. */
import { styleText } from 'node:util';
import { FILM_STAGES } from '../../core/stages/flow-stages.ts';
import { billWords } from '../output/money.ts';
import type { Screen } from './redrawn.ts';
import type { RunEvent } from './run-event.ts';
import { fit } from '../output/text-width.ts';
import { clock, VIDEO_CLIP_WORDS, SCENE_SHARE, SCENE_WORDS, timeLeft } from '../output/words.ts';

type SceneEvent = Extract<RunEvent, { type: 'scene' }>;
type VideoClipEvent = Extract<RunEvent, { type: 'videoClip' }>;
type ProgressEvent = Extract<RunEvent, { type: 'progress' }>;

/** The newest event of each kind and scene. */
export type Film = {
  progress: ProgressEvent | undefined;
  scenes: Map<number, SceneEvent>;
  clips: Map<number, VideoClipEvent>;
};

export const newFilm = (): Film => ({ progress: undefined, scenes: new Map(), clips: new Map() });

/** Takes an event into the film. */
export function apply(film: Film, event: RunEvent): void {
  if (event.type === 'progress') film.progress = event;
  else if (event.type === 'scene') film.scenes.set(event.sceneIndex, event);
  else film.clips.set(event.sceneIndex, event);
}

const BAR_COLUMNS = 20;
const NARROW_BAR_COLUMNS = 8;
/** Terminals below this get short bars and no descriptions. */
const NARROW_COLUMNS = 60;

/** The lines of a picture of `film`: stages, a bar for each scene, the time. No line is wider than the screen. */
export function draw(film: Film, elapsedSeconds: number, screen: Screen): string[] {
  const scenes = [...film.scenes.values()].toSorted((a, b) => a.sceneIndex - b.sceneIndex);
  const room = Math.max(1, screen.rows - 4);
  // On a low screen the finished scenes give way.
  const shown =
    scenes.length <= room ? scenes : scenes.filter(({ status }) => status !== 'VIDEO_DONE').slice(0, room);
  return [
    drawStages(film, screen.columns),
    ...shown.map((scene) => drawScene(scene, film.clips.get(scene.sceneIndex), screen.columns)),
    drawTime(film.progress, elapsedSeconds, screen.columns),
  ];
}

function drawStages({ progress }: Film, columns: number): string {
  const at = FILM_STAGES.findIndex(({ name }) => name === progress?.stage);
  const isOver = progress?.status === 'COMPLETED';
  const marks = FILM_STAGES.map(({ words }, index) => {
    if (isOver || index < at) return `✓ ${words}`;
    return `${index === at ? '▸' : '·'} ${words}`;
  });
  return styleText('bold', fit(marks.join('  '), columns));
}

function drawScene(scene: SceneEvent, clip: VideoClipEvent | undefined, columns: number): string {
  const isNarrow = columns < NARROW_COLUMNS;
  const width = isNarrow ? NARROW_BAR_COLUMNS : BAR_COLUMNS;
  const filled = Math.round(SCENE_SHARE[scene.status] * width);
  const number = String(scene.sceneIndex + 1).padStart(2);
  const bar = fit(`${number} ${'█'.repeat(filled)}${'░'.repeat(width - filled)} `, columns);
  const words = wordsOf(scene, clip);
  const text = isNarrow ? words : `${words.padEnd(20)} ${scene.description}`;
  return styleText(colourOf(scene), bar) + fit(text, columns - bar.length);
}

function colourOf({ status }: SceneEvent) {
  if (status === 'FAILED') return 'red';
  return status === 'VIDEO_DONE' ? 'green' : 'cyan';
}

/** While a clip is made its own status tells more; afterwards only its failure does. */
function wordsOf({ status }: SceneEvent, clip: VideoClipEvent | undefined): string {
  const tellsMore = status === 'VIDEO_GENERATING' || status === 'FAILED';
  return clip && tellsMore && clip.status !== 'COMPLETE'
    ? VIDEO_CLIP_WORDS[clip.status]
    : SCENE_WORDS[status];
}

function drawTime(progress: ProgressEvent | undefined, elapsedSeconds: number, columns: number): string {
  const parts = [
    `${Math.floor(progress?.percent ?? 0)} %`,
    `${clock(elapsedSeconds)} elapsed`,
    timeLeft(progress?.estimatedSecondsLeft ?? null),
    progress && billWords(progress.cost),
    progress?.message,
  ];
  return fit(parts.filter(Boolean).join(' · '), columns);
}
