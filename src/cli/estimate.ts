/** What a film will cost, asked of the server and told to a person. */
import type { ApiClient } from './api-client.ts';
import { EstimateFilmDocument, type EstimateFragment, type GenerateFilmInput } from './generated/graphql.ts';
import { dollars } from './money.ts';
import { clock, STAGE_WORDS } from './progress/words.ts';
import { payloadOf } from './refusals.ts';

type Range = EstimateFragment['totalMicroUsd'];

/**
 * Asks what a film would cost.
 *
 * @throws {CliFailure} naming every value that was refused.
 */
export async function estimateFilm(api: ApiClient, input: GenerateFilmInput): Promise<EstimateFragment> {
  const answer = await api.request(EstimateFilmDocument, { input });
  const { __typename, ...estimate } = payloadOf(answer.estimateFilm, 'FilmEstimate');
  return estimate;
}

/** A line a stage that costs, then the sum, the time and what to know; `free` where it costs nothing. */
export function* describeEstimate(estimate: EstimateFragment): Generator<string> {
  const { isFree, stages, totalMicroUsd, sceneCount, expectedTime, warnings } = estimate;
  const time = expectedTime ? `, about ${clock(expectedTime.seconds)}` : '';
  if (isFree) {
    yield `free${time}`;
    return;
  }
  const shown = stages.filter((stage) => stage.totalMicroUsd.high > 0);
  for (const { stage, calls, totalMicroUsd: cost } of shown) {
    yield `${STAGE_WORDS[stage].padEnd(11)} ${range(calls, String).padStart(6)} x  ${range(cost, dollars)}`;
  }
  yield `likely ${dollars(totalMicroUsd.likely)} (${range(totalMicroUsd, dollars)}), ${range(sceneCount, String)} ${sceneCount.high === 1 ? 'scene' : 'scenes'}${time}`;
  for (const { message } of warnings) yield `Mind: ${message}`;
}

const range = ({ low, high }: Range, word: (value: number) => string) =>
  low === high ? word(low) : `${word(low)} to ${word(high)}`;
