import type { ApiClient } from '../server/api-client.ts';
import type { FollowedRun } from '../watching/follow-run.ts';
import { GenerateFilmDocument, type GenerateFilmInput } from '../generated/graphql.ts';
import { payloadOf } from '../server/refusals.ts';

/**
 * Creates a project and launches its film.
 *
 * @throws {CliFailure} naming every value that was refused.
 */
export async function launchFilm(api: ApiClient, input: GenerateFilmInput): Promise<FollowedRun> {
  const { generateFilm } = await api.request(GenerateFilmDocument, { input });
  const { run, warnings } = payloadOf(generateFilm, 'GenerateFilmPayload');
  return { runId: run.id, warnings: warnings.map(({ message }) => message) };
}
