import type { ClipJob } from './clip/render.ts';
import type { VoiceJob } from './clip/word-times.ts';
import type { KeyframeJob } from './keyframe.ts';

/** What the child that draws is asked for. */
export type StudioJob =
  | ({ kind: 'keyframe' } & KeyframeJob)
  | ({ kind: 'clip' } & ClipJob)
  | ({ kind: 'voice' } & VoiceJob);
