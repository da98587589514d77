/** Asking for the models of what is still to be bought, before a person commits to it. */
import type { Project, RunStage } from '../../../generated/prisma/client.ts';
import { messageOf } from '../../../core/outside-text.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { ModelStanding } from '../../../providers/model-standing.ts';
import type { FilmProvider } from '../../../providers/adapter.ts';
import { canBeAsked } from '../../../providers/registry.ts';
import { FILM_CALLS, type FilmCall, filmProviders } from '../../projects/film-provider.ts';
import { isMade } from '../../storyboards/require-models.ts';
import { type FilmDone, workOf } from '../film/film-work.ts';
import { readFilm } from '../film/read-film.ts';
import { visibleProjects } from '../../projects/project.ts';

/** Seconds that a launch waits for the answers; what comes later is seen by the run's first step. */
const PATIENCE_SECONDS = 4;

/**
 * How the models stand that a film still needs. Free, never throws, and answers within seconds: call it outside of any
 * transaction.
 */
export async function modelsOf(film: FilmDone, stopAfter: RunStage | null): Promise<ModelStanding[]> {
  const provider = filmProviders().find(({ name }) => name === film.provider);
  if (!provider) return [];
  const asked = callsOf(film, stopAfter, provider).flatMap((call) => {
    const { model, askForModel } = provider.capabilities[call];
    return askForModel ? soon(model.name, askForModel) : [];
  });
  return Promise.all(asked);
}

/** Calls that are still to be made; of a film without scenes all of its kind, whatever its prompt gives. */
function callsOf(film: FilmDone, stopAfter: RunStage | null, provider: FilmProvider): FilmCall[] {
  if (film.scenes.length === 0) return FILM_CALLS.filter((call) => isMade(call, stopAfter, film.clipsFrom));
  const work = workOf(film, stopAfter, provider).filter(({ times }) => times.likely > 0);
  return [...new Set(work.map(({ call }) => call))];
}

/** The same of the actor's project, as it is now; none of one that is not there. */
export async function modelsOfProject(
  { db, actor }: Ctx,
  projectId: string,
  stopAfter: RunStage | null,
  change: (film: Awaited<ReturnType<typeof readFilm>>) => FilmDone = (film) => film,
): Promise<ModelStanding[]> {
  if (!canBeAsked()) return [];
  const where = { id: projectId, ...visibleProjects(actor) };
  const project: Project | null = await db.project.findFirst({ where });
  return project ? modelsOf(change(await readFilm(db, project)), stopAfter) : [];
}

/** What a person should know of those of which no answer told; empty where all are live. */
export const modelWarnings = (standings: readonly ModelStanding[]): string[] =>
  standings
    .filter(({ standing }) => standing === 'NOT_KNOWN')
    .map(({ model, words }) => `Nobody knows yet whether ${model} is to be had: ${words}`);

/** Waits for an answer for so long; what could not be asked is told as that. */
async function soon(model: string, ask: () => Promise<ModelStanding>): Promise<ModelStanding> {
  const unknown = (why: string): ModelStanding => ({
    model,
    standing: 'NOT_KNOWN',
    code: 'PROVIDER_UNAVAILABLE',
    words: `${why}; the run asks again before it buys anything.`,
  });
  const late = Promise.withResolvers<ModelStanding>();
  const timer = setTimeout(
    () => late.resolve(unknown(`no answer came in ${PATIENCE_SECONDS} s`)),
    PATIENCE_SECONDS * 1_000,
  );
  const answer = ask().catch((error: unknown) => unknown(`it could not be asked (${messageOf(error)})`));
  return Promise.race([answer, late.promise]).finally(() => clearTimeout(timer));
}
