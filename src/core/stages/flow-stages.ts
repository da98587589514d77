/** The stages that each flow declares: its plan and its estimate read them, and so do the words of the command line. */
import type { Stage, Stages } from './stages.ts';

/** Names of those of a film. */
export type FilmStage = 'STORYBOARD' | 'KEYFRAMES' | 'CLIPS' | 'STITCH';

type FilmCall = 'STORYBOARD' | 'KEYFRAME' | 'CLIP';

const STITCH: Stage<'STITCH', never> = { name: 'STITCH', weight: 10, words: 'stitching', buys: [] };

/** Of a whole film; the weights are percents of its work, about what the animatic's take here. */
export const FILM_STAGES: Stages<FilmStage, FilmCall> = [
  { name: 'STORYBOARD', weight: 5, words: 'storyboard', buys: ['STORYBOARD'] },
  { name: 'KEYFRAMES', weight: 30, words: 'keyframes', buys: ['KEYFRAME'] },
  { name: 'CLIPS', weight: 55, words: 'clips', buys: ['CLIP'] },
  STITCH,
];

/** Of stitching alone. */
export const STITCH_STAGES: Stages<'STITCH', never> = [STITCH];

/** Names of those of a run that finds and cuts moments. */
export type MomentsStage = 'EXTRACT_AUDIO' | 'TRANSCRIBE' | 'FIND_MOMENTS' | 'CUT_CLIPS' | 'THUMBNAILS';

/** Of finding and cutting moments; the weights are percents of what an hour of talk with five clips takes here. */
export const MOMENTS_STAGES: Stages<MomentsStage, 'TRANSCRIPT' | 'MOMENTS'> = [
  { name: 'EXTRACT_AUDIO', weight: 25, words: 'listening', buys: [] },
  { name: 'TRANSCRIBE', weight: 30, words: 'transcript', buys: ['TRANSCRIPT'] },
  { name: 'FIND_MOMENTS', weight: 5, words: 'finding moments', buys: ['MOMENTS'] },
  { name: 'CUT_CLIPS', weight: 37, words: 'cutting clips', buys: [] },
  { name: 'THUMBNAILS', weight: 3, words: 'thumbnails', buys: [] },
];

/** Of bringing a film in from outside. */
export const INGEST_STAGES: Stages<'FETCH' | 'PROBE', never> = [
  { name: 'FETCH', weight: 40, words: 'fetching', buys: [] },
  { name: 'PROBE', weight: 60, words: 'copy for players', buys: [] },
];

/** Every flow's, by its kind of run. */
export const FLOW_STAGES = {
  FILM: FILM_STAGES,
  STITCH: STITCH_STAGES,
  MOMENTS: MOMENTS_STAGES,
  INGEST: INGEST_STAGES,
} as const;

/** What a person calls a stage, whichever flow it is of; its own name in small letters where none here declares it. */
export function stageWords(name: string): string {
  const all: readonly Stage[] = Object.values(FLOW_STAGES).flat();
  return all.find((stage) => stage.name === name)?.words ?? name.toLowerCase();
}
