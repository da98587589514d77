import { defineCommand } from '../command/command.ts';
import type { ExitCode } from '../command/exit-codes.ts';
import { RetryEstimateDocument, RetrySceneDocument } from '../generated/graphql.ts';
import { agreeToCost, type CapInput, capOf, MAKE_AGAIN } from '../money/agree-to-cost.ts';
import { type CostOptions, costing } from '../money/costing.ts';
import type { ApiClient } from '../server/api-client.ts';
import { asking } from '../server/asking.ts';
import { payloadOf } from '../server/refusals.ts';
import { watchFilm, watching, type WatchOptions } from '../watching/watch-film.ts';
import { isLive } from './which-run.ts';

type RetryOptions = WatchOptions & CostOptions;

/** `vidpipe retry`. */
export const retry = defineCommand({
  name: 'retry',
  summary: 'make the clip of a scene anew, and a film with it',
  kinds: [asking, costing, watching],
  takes: (command) => command.argument('<scene>', 'its id; vidpipe status tells it'),
  fields: { sceneId: 'SCENE' },
  names: { retryScene: 'vidpipe retry' },
  run: retryScene,
});

/** Makes a scene's clip anew, and waits for the film with it; asks first where that costs. */
function retryScene(sceneId: string, options: RetryOptions): Promise<ExitCode> {
  return watchFilm(
    options,
    (api) => agreeToRetry(api, sceneId, options),
    async (api, cap) => {
      const { retryScene: launched } = await api.request(RetrySceneDocument, { input: { sceneId, ...cap } });
      return { runId: payloadOf(launched, 'RetryScenePayload').run.id };
    },
  );
}

/**
 * Has a person agree to what making a scene again costs. One that there is not is left to the server to refuse.
 *
 * @returns the cap for the run that makes it.
 * @throws {CliFailure} as `agreeToCost` does.
 */
async function agreeToRetry(api: ApiClient, sceneId: string, options: RetryOptions): Promise<CapInput> {
  const { scene } = await api.request(RetryEstimateDocument, { id: sceneId }, { id: 'SCENE' });
  if (!scene?.retryEstimate) return capOf(options);
  const newest = scene.project.runs.edges[0]?.node;
  const charged = newest && isLive(newest) ? newest.cost.settledMicroUsd : 0;
  return agreeToCost(scene.retryEstimate, options, MAKE_AGAIN, charged);
}
