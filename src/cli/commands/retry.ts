import type { ExitCode } from '../exit-codes.ts';
import { RetrySceneDocument } from '../generated/graphql.ts';
import { payloadOf } from '../refusals.ts';
import type { CommonOptions } from '../session.ts';
import { watchFilm } from '../watch-film.ts';

/** Makes a scene's clip anew, and waits for the film with it. */
export function retry(sceneId: string, options: CommonOptions): Promise<ExitCode> {
  return watchFilm(options, async (api) => {
    const { retryScene } = await api.request(RetrySceneDocument, { input: { sceneId } });
    const { run } = payloadOf(retryScene, 'RetryScenePayload');
    return { runId: run.id, projectId: run.project.id };
  });
}
