import type { ApiClient } from './api-client.ts';
import { CliFailure, EXIT } from './exit-codes.ts';
import { ClipStatusDocument, RunProgressDocument, SceneStatusDocument } from './generated/graphql.ts';
import type { ProgressView } from './progress/run-event.ts';

/** Place in the log before its first entry: a project's whole history is replayed. */
const FROM_THE_START = '0';

export type FollowedRun = {
  runId: string;
  projectId: string;
  /** What its person should know of what they asked for; nothing unless given. */
  warnings?: readonly string[];
};

/**
 * Shows a run and the scenes and clips it works on, until it has ended.
 *
 * @throws {CliFailure} if the server goes away for good, or `paused` if the run is paused: it may never go on.
 */
export async function followRun(api: ApiClient, run: FollowedRun, view: ProgressView): Promise<void> {
  const stop = new AbortController();
  const progress = followProgress(api, run, view, stop.signal);
  const scenes = followScenes(api, run, view, stop.signal);
  const clips = followClips(api, run, view, stop.signal);
  try {
    // The scenes and clips of a project have no end; only a failure of theirs may decide.
    await Promise.race([progress, Promise.all([scenes, clips]).then(() => progress)]);
  } finally {
    stop.abort();
    await Promise.allSettled([progress, scenes, clips]);
  }
}

async function followProgress(
  api: ApiClient,
  { runId }: FollowedRun,
  view: ProgressView,
  signal: AbortSignal,
) {
  for await (const { runProgress } of api.follow(RunProgressDocument, { runId }, signal)) {
    const { cursor: _, run, ...progress } = runProgress;
    view.show({ type: 'progress', ...progress });
    if (progress.status === 'PAUSED') {
      const why = run?.errorMessage ? ` (${run.errorMessage})` : '';
      const message = `Paused; what is finished stays. Go on: vidpipe resume ${runId}${why}`;
      throw new CliFailure(EXIT.paused, message);
    }
  }
}

async function followScenes(
  api: ApiClient,
  { projectId }: FollowedRun,
  view: ProgressView,
  signal: AbortSignal,
) {
  const from = { projectId, after: FROM_THE_START };
  for await (const { sceneStatusChanged } of api.follow(SceneStatusDocument, from, signal)) {
    const { scene, occurredAt, previousStatus, status } = sceneStatusChanged;
    if (!scene) continue;
    const { id: sceneId, sceneIndex, sceneDescription: description } = scene;
    view.show({ type: 'scene', occurredAt, sceneId, sceneIndex, description, previousStatus, status });
  }
}

async function followClips(
  api: ApiClient,
  { projectId }: FollowedRun,
  view: ProgressView,
  signal: AbortSignal,
) {
  const from = { projectId, after: FROM_THE_START };
  for await (const { clipStatusChanged } of api.follow(ClipStatusDocument, from, signal)) {
    const { clip, occurredAt, previousStatus, status } = clipStatusChanged;
    if (!clip) continue;
    const { id: sceneId, sceneIndex } = clip.scene;
    view.show({ type: 'clip', occurredAt, clipId: clip.id, sceneId, sceneIndex, previousStatus, status });
  }
}
