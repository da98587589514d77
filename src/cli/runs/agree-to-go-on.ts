/** The cost of going on with a run, or of doing a part of it again, agreed to before it is begun. */
import {
  agreeToCost,
  type CapInput,
  capOf,
  type CostOptions,
  GO_ON,
  MAKE_AGAIN,
} from '../money/agree-to-cost.ts';
import type { ApiClient } from '../server/api-client.ts';
import { estimateProject } from '../money/estimates.ts';
import { type OpenRunFragment, RetryEstimateDocument } from '../generated/graphql.ts';
import type { CommonOptions } from '../server/session.ts';
import type { WhichRun } from './which-run.ts';

type Options = CommonOptions & CostOptions;

/**
 * Has a person agree to what resuming costs. What there is not, or has ended, is left to the server to refuse.
 *
 * @param run that goes on; null where another one makes what the project lacks.
 * @returns the cap for the run that goes on.
 * @throws {CliFailure} as `agreeToCost` does.
 */
export async function agreeToResume(
  api: ApiClient,
  { projectId, run }: WhichRun,
  options: Options,
): Promise<CapInput> {
  const buys = run === null || (run.kind === 'FILM' && run.status === 'PAUSED');
  if (!buys) return capOf(options);
  const estimate = await estimateProject(api, projectId, run?.stopAfter ?? null);
  return agreeToCost(estimate, options, GO_ON, run?.cost.settledMicroUsd);
}

/**
 * Has a person agree to what making a scene again costs. One that there is not is left to the server to refuse.
 *
 * @returns the cap for the run that makes it.
 * @throws {CliFailure} as `agreeToCost` does.
 */
export async function agreeToRetry(api: ApiClient, sceneId: string, options: Options): Promise<CapInput> {
  const { scene } = await api.request(RetryEstimateDocument, { id: sceneId }, { id: 'SCENE' });
  if (!scene?.retryEstimate) return capOf(options);
  const newest = scene.project.runs.edges[0]?.node;
  const charged = newest && isLive(newest) ? newest.cost.settledMicroUsd : 0;
  return agreeToCost(scene.retryEstimate, options, MAKE_AGAIN, charged);
}

const LIVE: readonly OpenRunFragment['status'][] = ['QUEUED', 'RUNNING', 'PAUSED'];

/** Whether a run has not ended. A project's live run is its newest. */
export const isLive = ({ status }: OpenRunFragment): boolean => LIVE.includes(status);
