import type { ReferenceKind } from '../generated/prisma/client.ts';
import type { AspectRatio } from './aspect-ratio.ts';
import type { Softening } from './softening.ts';

/** A scene as frames and clips need it. */
export type SceneBrief = {
  /** As they are written unless given. */
  softening?: Softening;
  sceneIndex: number;
  sceneCount: number;
  title: string;
  sceneDescription: string;
  startFramePrompt: string;
  endFramePrompt: string;
  videoMotionPrompt: string;
  transitionNotes: string;
  /** Words that are to be spoken; null for none. */
  narration: string | null;
  style: string;
  aspectRatio: AspectRatio;
  /** 0 to 2^31 - 1; a new one each time unless given. */
  seed?: number | null;
  /** What must not be seen. */
  negativePrompt?: string | null;
  /** Whether its clip has sound; it has unless given. */
  sound?: boolean;
};

/** A picture of somebody or something that must look the same wherever the scene has it. */
export type ReferencePicture = { name: string; kind: ReferenceKind; file: string };
