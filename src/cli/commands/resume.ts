import type { ApiClient } from '../api-client.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { FollowedRun } from '../follow-run.ts';
import { ResumeProjectDocument, ResumeRunDocument } from '../generated/graphql.ts';
import { payloadOf } from '../refusals.ts';
import type { CommonOptions } from '../session.ts';
import { watchFilm } from '../watch-film.ts';

/**
 * Lets a paused run go on, or makes what a project still lacks, and waits for the film.
 *
 * @param id of a run or a project.
 */
export const resume = (id: string, options: CommonOptions): Promise<ExitCode> =>
  watchFilm(options, (api) => (id.startsWith('pipeline_run_') ? resumeRun(api, id) : resumeProject(api, id)));

async function resumeRun(api: ApiClient, runId: string): Promise<FollowedRun> {
  const answer = await api.request(ResumeRunDocument, { input: { runId } });
  return { runId, projectId: payloadOf(answer.resumeRun, 'ResumeRunPayload').run.project.id };
}

async function resumeProject(api: ApiClient, projectId: string): Promise<FollowedRun> {
  const answer = await api.request(ResumeProjectDocument, { input: { projectId } });
  return { runId: payloadOf(answer.resumeProject, 'ResumeProjectPayload').run.id, projectId };
}
