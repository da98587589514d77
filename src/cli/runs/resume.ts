import { defineCommand } from '../command/command.ts';
import type { ExitCode } from '../command/exit-codes.ts';
import { ResumeProjectDocument, ResumeRunDocument } from '../generated/graphql.ts';
import { agreeToCost, type CapInput, capOf, GO_ON } from '../money/agree-to-cost.ts';
import { type CostOptions, costing } from '../money/costing.ts';
import { estimateProject } from '../money/estimates.ts';
import type { ApiClient } from '../server/api-client.ts';
import { asking } from '../server/asking.ts';
import { payloadOf } from '../server/refusals.ts';
import type { FollowedRun } from '../watching/follow-run.ts';
import { watchFilm, watching, type WatchOptions } from '../watching/watch-film.ts';
import { isLive, type WhichRun, whichRun } from './which-run.ts';

type ResumeOptions = WatchOptions & CostOptions;

/** `vidpipe resume`. */
export const resume = defineCommand({
  name: 'resume',
  summary: 'go on with a run, or make what a project still lacks, and wait for the film',
  kinds: [asking, costing, watching],
  takes: (command) => command.argument('<run|project>', 'its id'),
  fields: { runId: 'RUN', projectId: 'PROJECT' },
  names: {
    resumeRun: 'vidpipe resume',
    resumeProject: 'vidpipe resume',
    setRunCostCap: 'vidpipe resume RUN --max-cost DOLLARS',
  },
  run: goOn,
});

/**
 * Lets a paused run go on, follows one that is at work, or makes what a project still lacks; waits for the film. Asks
 * first where that costs.
 *
 * @param id of a run or a project.
 */
function goOn(id: string, options: ResumeOptions): Promise<ExitCode> {
  return watchFilm(
    options,
    (api) => agree(api, id, options),
    (api, { runId, cap }) => (runId === null ? resumeProject(api, id, cap) : resumeRun(api, runId, cap)),
  );
}

/** @returns the run that goes on; null if the project needs another one. */
async function agree(
  api: ApiClient,
  id: string,
  options: ResumeOptions,
): Promise<{ runId: string | null; cap: CapInput }> {
  const isRun = id.startsWith('pipeline_run_');
  const found = await whichRun(api, id);
  // What there is not is left to the server to refuse.
  if (!found) return { runId: isRun ? id : null, cap: capOf(options) };
  const run = isRun || (found.run && isLive(found.run)) ? found.run : null;
  return { runId: run?.id ?? null, cap: await agreeToResume(api, { ...found, run }, options) };
}

/**
 * Has a person agree to what resuming costs. What there is not, or has ended, is left to the server to refuse.
 *
 * @param run that goes on; null where another one makes what the project lacks.
 * @returns the cap for the run that goes on.
 * @throws {CliFailure} as `agreeToCost` does.
 */
async function agreeToResume(
  api: ApiClient,
  { projectId, run }: WhichRun,
  options: ResumeOptions,
): Promise<CapInput> {
  if (projectId === null) return capOf(options);
  const buys = run === null || (run.kind === 'FILM' && run.status === 'PAUSED');
  if (!buys) return capOf(options);
  const estimate = await estimateProject(api, projectId, run?.stopAfter ?? null);
  return agreeToCost(estimate, options, GO_ON, run?.cost.settledMicroUsd);
}

async function resumeRun(api: ApiClient, runId: string, cap: CapInput): Promise<FollowedRun> {
  const answer = await api.request(ResumeRunDocument, { input: { runId, ...cap } });
  return { runId: payloadOf(answer.resumeRun, 'ResumeRunPayload').run.id };
}

async function resumeProject(api: ApiClient, projectId: string, cap: CapInput): Promise<FollowedRun> {
  const answer = await api.request(ResumeProjectDocument, { input: { projectId, ...cap } });
  return { runId: payloadOf(answer.resumeProject, 'ResumeProjectPayload').run.id };
}
