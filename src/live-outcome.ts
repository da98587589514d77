/** What came of a live try, without times and ids: a replay of its answers comes to the same. */
import { projectIdOf } from './features/projects/project-runs.ts';
import type { Ctx } from './platform/context.ts';

export type LiveOutcome = {
  /** Of the run: how it ended, and why where it failed. */
  status: string;
  errorCode: string | null;
  storyboards: number;
  frames: number;
  /** How each clip stands, the newest last. */
  clips: string[];
  hasFilm: boolean;
  /** The ledger, entry by entry. */
  ledger: { call: string; kind: string; model: string; microUsd: number; usage: unknown }[];
};

/** Reads it from the rows that the run left. */
export async function readOutcome({ db }: Ctx, runId: string): Promise<LiveOutcome> {
  const run = await db.pipelineRun.findUniqueOrThrow({ where: { id: runId } });
  const projectId = projectIdOf(run);
  const ofProject = { scene: { projectId } };
  const [scenes, frames, clips, films, entries] = await Promise.all([
    db.scene.count({ where: { projectId } }),
    db.keyframe.count({ where: ofProject }),
    db.videoClip.findMany({ where: ofProject, orderBy: { id: 'asc' } }),
    db.video.count({ where: { projectId } }),
    db.ledgerEntry.findMany({ where: { runId }, orderBy: { id: 'asc' } }),
  ]);
  return {
    status: run.status,
    errorCode: run.errorCode,
    storyboards: scenes > 0 ? 1 : 0,
    frames,
    clips: clips.map(({ status }) => status),
    hasFilm: films > 0,
    ledger: entries.map(({ call, kind, model, amountMicroUsd, usage }) => ({
      call,
      kind,
      model,
      microUsd: Number(amountMicroUsd),
      usage,
    })),
  };
}
