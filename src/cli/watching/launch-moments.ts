import { RunMomentsDocument, type RunMomentsInput } from '../generated/graphql.ts';
import type { ApiClient } from '../server/api-client.ts';
import { payloadOf } from '../server/refusals.ts';
import type { FollowedRun } from './follow-run.ts';

/**
 * Launches a run of moments.
 *
 * @throws {CliFailure} naming every value that was refused.
 */
export async function launchMoments(api: ApiClient, input: RunMomentsInput): Promise<FollowedRun> {
  const { runMoments } = await api.request(RunMomentsDocument, { input });
  return { runId: payloadOf(runMoments, 'RunMomentsPayload').run.id };
}
