import type {
  BillFragment,
  RunStage,
  RunStatus,
  SceneStatus,
  VideoClipStatus,
} from '../generated/graphql.ts';

/** What a person or a program following a run is told; `--json` prints one a line. */
export type RunEvent =
  | {
      type: 'progress';
      occurredAt: string;
      status: RunStatus;
      stage: RunStage | null;
      /** 0 to 100. */
      percent: number;
      message: string;
      /** Null until it can be told. */
      estimatedSecondsLeft: number | null;
      /** What the run has cost so far. */
      cost: BillFragment;
    }
  | {
      type: 'scene';
      occurredAt: string;
      sceneId: string;
      /** From 0. */
      sceneIndex: number;
      description: string;
      previousStatus: SceneStatus | null;
      status: SceneStatus;
    }
  | {
      type: 'videoClip';
      occurredAt: string;
      videoClipId: string;
      sceneId: string;
      sceneIndex: number;
      previousStatus: VideoClipStatus | null;
      status: VideoClipStatus;
    };

/** Shows a run while it goes on. */
export type ProgressView = {
  show(event: RunEvent): void;
  /** A line of our own between the events, as "Cancelling ...". */
  note(text: string): void;
  close(): void;
};
