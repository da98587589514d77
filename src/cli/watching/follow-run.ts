import type { ApiClient } from '../server/api-client.ts';
import { CliFailure, EXIT } from '../command/exit-codes.ts';
import {
  RunEventsDocument,
  type RunEventsSubscription,
  RunProgressDocument,
  type SceneStatus,
  type SubjectStatus,
  type VideoClipStatus,
} from '../generated/graphql.ts';
import type { ProgressView, RunEvent } from '../progress/run-event.ts';

/** Place in the log before its first entry: all that the run has caused is replayed. */
const FROM_THE_START = '0';

export type FollowedRun = {
  runId: string;
  /** What its person should know of what they asked for; nothing unless given. */
  warnings?: readonly string[];
};

/**
 * Shows a run and what it does to scenes and clips, from its beginning until it has ended.
 *
 * @throws {CliFailure} if the server goes away for good, or `paused` if the run is paused: it may never go on.
 */
export async function followRun(api: ApiClient, run: FollowedRun, view: ProgressView): Promise<void> {
  const stop = new AbortController();
  const progress = followProgress(api, run, view, stop.signal);
  const work = followWork(api, run, view, stop.signal);
  try {
    // What a run causes has no end of its own; only a failure to follow it may decide.
    await Promise.race([progress, work.then(() => progress)]);
  } finally {
    stop.abort();
    await Promise.allSettled([progress, work]);
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

/** Of the run's own events: what else has happened to its project is not this run's doing. */
async function followWork(api: ApiClient, { runId }: FollowedRun, view: ProgressView, signal: AbortSignal) {
  const from = { runId, after: FROM_THE_START };
  for await (const { runEvents } of api.follow(RunEventsDocument, from, signal)) {
    const event = workOf(runEvents);
    if (event) view.show(event);
  }
}

/** A move of a scene or a clip, as it is shown; null for any other event, and for what is gone by now. */
function workOf(event: RunEventsSubscription['runEvents']): RunEvent | null {
  if (event.__typename === 'SceneChanged' && event.scene && event.status !== null) {
    const { occurredAt, scene } = event;
    const { id: sceneId, sceneIndex, sceneDescription: description } = scene;
    const move = moveOf<SceneStatus>(event.previousStatus, event.status);
    return { type: 'scene', occurredAt, sceneId, sceneIndex, description, ...move };
  }
  if (event.__typename === 'VideoClipChanged' && event.videoClip && event.status !== null) {
    const { occurredAt, videoClip: clip } = event;
    const { id: sceneId, sceneIndex } = clip.scene;
    const move = moveOf<VideoClipStatus>(event.previousStatus, event.status);
    return { type: 'videoClip', occurredAt, videoClipId: clip.id, sceneId, sceneIndex, ...move };
  }
  return null;
}

/** The log has one list of statuses for all; those of an event are of its subject's kind. */
const moveOf = <Status extends SubjectStatus>(previous: SubjectStatus | null, status: SubjectStatus) => ({
  previousStatus: previous as Status | null,
  status: status as Status,
});
