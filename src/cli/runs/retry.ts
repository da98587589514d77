import type { CostOptions } from '../money/agree-to-cost.ts';
import { agreeToRetry } from './agree-to-go-on.ts';
import type { ExitCode } from '../command/exit-codes.ts';
import { RetrySceneDocument } from '../generated/graphql.ts';
import { payloadOf } from '../server/refusals.ts';
import { watchFilm, type WatchOptions } from '../watching/watch-film.ts';

/** Makes a scene's clip anew, and waits for the film with it; asks first where that costs. */
export const retry = (sceneId: string, options: WatchOptions & CostOptions): Promise<ExitCode> =>
  watchFilm(
    options,
    (api) => agreeToRetry(api, sceneId, options),
    async (api, cap) => {
      const { retryScene } = await api.request(RetrySceneDocument, { input: { sceneId, ...cap } });
      const { run } = payloadOf(retryScene, 'RetryScenePayload');
      return { runId: run.id, projectId: run.project.id };
    },
  );
