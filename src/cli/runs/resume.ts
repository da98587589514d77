import { type CapInput, capOf, type CostOptions } from '../money/agree-to-cost.ts';
import { agreeToResume, isLive } from './agree-to-go-on.ts';
import type { ApiClient } from '../server/api-client.ts';
import type { ExitCode } from '../command/exit-codes.ts';
import type { FollowedRun } from '../watching/follow-run.ts';
import { ResumeProjectDocument, ResumeRunDocument } from '../generated/graphql.ts';
import { payloadOf } from '../server/refusals.ts';
import { watchFilm, type WatchOptions } from '../watching/watch-film.ts';
import { whichRun } from './which-run.ts';

/**
 * Lets a paused run go on, follows one that is at work, or makes what a project still lacks; waits for the film. Asks
 * first where that costs.
 *
 * @param id of a run or a project.
 */
export const resume = (id: string, options: WatchOptions & CostOptions): Promise<ExitCode> =>
  watchFilm(
    options,
    (api) => agree(api, id, options),
    (api, { runId, cap }) => (runId === null ? resumeProject(api, id, cap) : resumeRun(api, runId, cap)),
  );

/** @returns the run that goes on; null if the project needs another one. */
async function agree(
  api: ApiClient,
  id: string,
  options: WatchOptions & CostOptions,
): Promise<{ runId: string | null; cap: CapInput }> {
  const isRun = id.startsWith('pipeline_run_');
  const found = await whichRun(api, id);
  // What there is not is left to the server to refuse.
  if (!found) return { runId: isRun ? id : null, cap: capOf(options) };
  const run = isRun || (found.run && isLive(found.run)) ? found.run : null;
  return { runId: run?.id ?? null, cap: await agreeToResume(api, { ...found, run }, options) };
}

async function resumeRun(api: ApiClient, runId: string, cap: CapInput): Promise<FollowedRun> {
  const answer = await api.request(ResumeRunDocument, { input: { runId, ...cap } });
  return { runId, projectId: payloadOf(answer.resumeRun, 'ResumeRunPayload').run.project.id };
}

async function resumeProject(api: ApiClient, projectId: string, cap: CapInput): Promise<FollowedRun> {
  const answer = await api.request(ResumeProjectDocument, { input: { projectId, ...cap } });
  return { runId: payloadOf(answer.resumeProject, 'ResumeProjectPayload').run.id, projectId };
}
