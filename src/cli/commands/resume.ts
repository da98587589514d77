import type { CapInput, CostOptions } from '../agree-to-cost.ts';
import { agreeToResume } from '../agree-to-go-on.ts';
import type { ApiClient } from '../api-client.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { FollowedRun } from '../follow-run.ts';
import { ResumeProjectDocument, ResumeRunDocument } from '../generated/graphql.ts';
import { payloadOf } from '../refusals.ts';
import type { CommonOptions } from '../session.ts';
import { watchFilm } from '../watch-film.ts';

/**
 * Lets a paused run go on, or makes what a project still lacks, and waits for the film; asks first where that costs.
 *
 * @param id of a run or a project.
 */
export const resume = (id: string, options: CommonOptions & CostOptions): Promise<ExitCode> =>
  watchFilm(
    options,
    (api) => agreeToResume(api, id, options),
    (api, cap) => (id.startsWith('pipeline_run_') ? resumeRun(api, id, cap) : resumeProject(api, id, cap)),
  );

async function resumeRun(api: ApiClient, runId: string, cap: CapInput): Promise<FollowedRun> {
  const answer = await api.request(ResumeRunDocument, { input: { runId, ...cap } });
  return { runId, projectId: payloadOf(answer.resumeRun, 'ResumeRunPayload').run.project.id };
}

async function resumeProject(api: ApiClient, projectId: string, cap: CapInput): Promise<FollowedRun> {
  const answer = await api.request(ResumeProjectDocument, { input: { projectId, ...cap } });
  return { runId: payloadOf(answer.resumeProject, 'ResumeProjectPayload').run.id, projectId };
}
