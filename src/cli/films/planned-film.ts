/** A film that is estimated, agreed to and then launched; with reference images it has a project before that. */
import {
  AddReferenceImageDocument,
  type VideoClipSource,
  CreateProjectDocument,
  DeleteProjectDocument,
  EstimateFilmDocument,
  type EstimateFragment,
  type GenerateFilmInput,
  LaunchRunDocument,
  type LaunchRunInput,
} from '../generated/graphql.ts';
import type { CapInput } from '../money/agree-to-cost.ts';
import { estimateProject } from '../money/estimates.ts';
import type { ApiClient } from '../server/api-client.ts';
import { payloadOf } from '../server/refusals.ts';
import type { FollowedRun } from '../watching/follow-run.ts';
import { launchFilm } from './launch-film.ts';
import { type Reference, REFERENCE_OPTIONS } from './reference-options.ts';

export type PlannedFilm = {
  estimate(): Promise<EstimateFragment>;
  launch(cap: CapInput): Promise<FollowedRun>;
  /** Leaves nothing of it; before it is launched. */
  discard(): Promise<void>;
};

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

/** A film of words alone; nothing of it is there before it is launched. */
export const filmOfWords = (api: ApiClient, input: GenerateFilmInput): PlannedFilm => ({
  estimate: () => estimateFilm(api, input),
  launch: (cap) => launchFilm(api, { ...input, ...cap }),
  discard: async () => {},
});

/**
 * A film with reference images: creates its project and adds them.
 *
 * @throws {CliFailure} naming every value that was refused; nothing is left then.
 */
export async function filmWithReferences(
  api: ApiClient,
  { crossfadeSeconds, ...words }: GenerateFilmInput,
  references: readonly Reference[],
  clipsFrom: VideoClipSource,
): Promise<PlannedFilm> {
  const { createProject } = await api.request(CreateProjectDocument, { input: { ...words, clipsFrom } });
  const projectId = payloadOf(createProject, 'CreateProjectPayload').project.id;
  const film: PlannedFilm = {
    estimate: () => estimateProject(api, projectId, null),
    launch: (cap) =>
      launchRun(api, { projectId, ...cap, ...(crossfadeSeconds !== undefined && { crossfadeSeconds }) }),
    discard: async () => void (await api.request(DeleteProjectDocument, { input: { projectId } })),
  };
  await orDiscard(film, async () => {
    for (const reference of references) {
      const input = { projectId, ...reference };
      const option = REFERENCE_OPTIONS[reference.kind];
      const typedAs = { name: option, image: option };
      const { addReferenceImage } = await api.request(AddReferenceImageDocument, { input }, typedAs);
      payloadOf(addReferenceImage, 'AddReferenceImagePayload', typedAs);
    }
  });
  return film;
}

/** Does `work`; if it fails, nothing of the film is left. */
export async function orDiscard<Result>(film: PlannedFilm, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    await film.discard();
    throw error;
  }
}

async function launchRun(api: ApiClient, input: LaunchRunInput): Promise<FollowedRun> {
  const { launchRun: launched } = await api.request(LaunchRunDocument, { input });
  return { runId: payloadOf(launched, 'LaunchRunPayload').run.id };
}
