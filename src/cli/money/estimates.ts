/** What a film will cost, told to a person; of one that has a project, asked of the server. */
import { stageWords } from '../../core/stages/flow-stages.ts';
import { CliFailure, EXIT } from '../command/exit-codes.ts';
import { type EstimateFragment, ProjectEstimateDocument, type RunStage } from '../generated/graphql.ts';
import { billWords, dollars } from '../output/money.ts';
import { clock } from '../output/words.ts';
import type { ApiClient } from '../server/api-client.ts';

type Range = EstimateFragment['totalMicroUsd'];

/**
 * Asks what a project still lacks will cost.
 *
 * @param stopAfter last stage of the run that is to make it; null for all of them.
 * @throws {CliFailure} if the project is gone.
 */
export async function estimateProject(
  api: ApiClient,
  id: string,
  stopAfter: RunStage | null,
): Promise<EstimateFragment> {
  const { project } = await api.request(ProjectEstimateDocument, { id, stopAfter });
  if (project?.estimate) return project.estimate;
  throw new CliFailure(EXIT.failed, `${id} is gone: somebody deleted it meanwhile.`);
}

/** A line a stage that is still to be paid, or `free` where it costs nothing; then the sum, the time and what to know. */
export function* describeEstimate(estimate: EstimateFragment): Generator<string> {
  const { isFree, expectedTime, warnings } = estimate;
  const time = expectedTime ? `, about ${clock(expectedTime.seconds)}` : '';
  if (isFree) yield `free${time}`;
  else yield* describeCost(estimate, time);
  for (const { message } of warnings) yield `Mind: ${message}`;
}

function* describeCost(estimate: EstimateFragment, time: string): Generator<string> {
  const { stages, remainingMicroUsd, sceneCount } = estimate;
  const shown = stages.filter((stage) => stage.remainingMicroUsd.high > 0);
  for (const { stage, calls, remainingMicroUsd: cost } of shown) {
    yield `${stageWords(stage).padEnd(11)} ${range(calls, String).padStart(6)} x  ${range(cost, dollars)}`;
  }
  const bill = billWords({ ...estimate, estimatedMicroUsd: 0, unknownMicroUsd: 0 });
  const more = bill && ' more';
  yield `likely ${dollars(remainingMicroUsd.likely)}${more} (${range(remainingMicroUsd, dollars)}), ${range(sceneCount, String)} ${sceneCount.high === 1 ? 'scene' : 'scenes'}${time}`;
  if (bill) yield `So far ${bill}`;
}

const range = ({ low, high }: Range, word: (value: number) => string) =>
  low === high ? word(low) : `${word(low)} to ${word(high)}`;
