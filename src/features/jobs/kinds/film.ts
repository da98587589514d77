/** Jobs whose rows are films: a row is told what `generateFilm` is. */
import { FILM_STAGES } from '../../../core/stages/flow-stages.ts';
import { InvalidInputError, type InputIssue } from '../../../core/errors.ts';
import { Provider, RunPriority } from '../../../generated/prisma/enums.ts';
import { costsAt } from '../../budget/costs-at.ts';
import { checkFilmInput } from '../../pipelines/film/film-input.ts';
import { type FilmWork, workOf } from '../../pipelines/film/film-work.ts';
import { expectedTime } from '../../pipelines/confirm/film-time.ts';
import {
  continueFilm,
  type LaunchOptions,
  launchNewFilm,
  prepareFilm,
} from '../../pipelines/confirm/launch-film.ts';
import type { FilmProvider } from '../../../providers/adapter.ts';
import { requireFilmProvider } from '../../projects/film-provider.ts';
import type { ProjectInput } from '../../projects/project-input.ts';
import { foresee } from '../../storyboards/foresight.ts';
import { aspectRatio, number, text, wholeNumber, wholeSeconds, wordOf, yesOrNo } from './cells.ts';
import type { JobInput, KindRules, RowInput } from './kind.ts';

const stages = FILM_STAGES.map(({ name }) => name);

/** What a row may say, as the sheet's words for it are read. */
const INPUTS: readonly JobInput[] = [
  { name: 'prompt', aliases: ['text', 'script', 'description', 'idea', 'beschreibung'], read: text },
  { name: 'title', aliases: ['name', 'headline', 'titel', 'titre'], read: text },
  { name: 'style', aliases: ['look', 'stil'], read: (cell: string) => cell.trim().toLowerCase() },
  { name: 'aspectRatio', aliases: ['aspect', 'ratio', 'format', 'shape'], read: aspectRatio },
  { name: 'targetClipDuration', aliases: ['clipduration', 'clipseconds', 'clip'], read: wholeSeconds },
  { name: 'targetDuration', aliases: ['duration', 'seconds', 'length', 'dauer'], read: wholeSeconds },
  { name: 'provider', aliases: ['model', 'vendor'], read: wordOf(Object.values(Provider)) },
  { name: 'seed', aliases: [], read: wholeNumber },
  { name: 'negativePrompt', aliases: ['negative', 'avoid', 'without'], read: text },
  { name: 'sound', aliases: ['audio'], read: yesOrNo },
  { name: 'stopAfter', aliases: ['stage', 'until'], read: wordOf(stages) },
  { name: 'crossfadeSeconds', aliases: ['crossfade', 'fade'], read: number },
  { name: 'maxCostCents', aliases: ['maxcost', 'cap'], read: wholeNumber, isAside: true },
  { name: 'priority', aliases: [], read: wordOf(Object.values(RunPriority)), isAside: true },
];

type FilmRow = ProjectInput & LaunchOptions;

/** What a row asks for, with what a row is that says nothing: it waits for people's own films, and has no crossfade. */
const filmOf = (input: RowInput): FilmRow => ({
  stopAfter: null,
  crossfadeSeconds: 0,
  maxCostCents: null,
  priority: 'BATCH',
  ...(input as Partial<FilmRow> & Pick<FilmRow, 'prompt'>),
  idempotencyKey: null,
});

export const filmKind: KindRules = {
  kind: 'FILM',
  inputs: INPUTS,
  pricedBy: 'provider',

  issuesOf(input): InputIssue[] {
    if (typeof input['prompt'] !== 'string')
      return [{ path: ['prompt'], message: 'The prompt must not be empty.' }];
    try {
      checkFilmInput(filmOf(input));
      return [];
    } catch (error) {
      if (error instanceof InvalidInputError) return error.issues;
      throw error;
    }
  },

  foresee: (input, actor) => foresee(specOf(input), actor),

  estimatesAt(now) {
    const costOf = costsAt(now);
    return (input) => {
      const spec = specOf(input);
      const provider = requireFilmProvider(spec.provider);
      const work = workOf(spec, filmOf(input).stopAfter, provider);
      const scenes = work.find(({ call }) => call === 'CLIP')?.times.likely ?? 1;
      const time = expectedTime(work, scenes, provider.capabilities.CLIP.kind, null);
      return { microUsd: costOf(work), seconds: time?.seconds ?? null, limited: limitedBy(provider, work) };
    };
  },

  facts(inputs) {
    const providers = [...new Set(inputs.map((input) => specOf(input).provider))].toSorted();
    const models = providers.map((name) => {
      const { STORYBOARD, KEYFRAME, CLIP } = requireFilmProvider(name).capabilities;
      return [name, STORYBOARD.model, KEYFRAME.model, CLIP.model];
    });
    return { 'the prices': { models }, 'the defaults': checkFilmInput({ ...filmOf({ prompt: '-' }) }) };
  },

  async prepare(ctx, input) {
    const film = await prepareFilm(ctx, filmOf(input));
    return async (tx, own, scopes) => {
      const { project, run } = await launchNewFilm(tx, own, film, null, scopes);
      return { run, projectId: project.id };
    };
  },

  async goOn(tx, ctx, projectId, { input, scopes }) {
    const { stopAfter, crossfadeSeconds, maxCostCents = null, priority = 'BATCH' } = filmOf(input);
    const options = { stopAfter, crossfadeSeconds, maxCostCents, priority, idempotencyKey: null };
    return continueFilm(tx, ctx, projectId, options, scopes);
  },
};

/** Seconds for which the calls of a film fill their provider's limits. */
function limitedBy({ name, capabilities }: FilmProvider, work: readonly FilmWork[]): Record<string, number> {
  const limited: Record<string, number> = {};
  for (const { call, times } of work) {
    const { rateLimit } = capabilities[call];
    const key = `${name} ${call}`;
    if (rateLimit) limited[key] = (limited[key] ?? 0) + (times.likely * rateLimit.seconds) / rateLimit.calls;
  }
  return limited;
}

/** The film as estimates look at it; nothing of it is there. */
function specOf(input: RowInput) {
  const { targetDuration = null, ...checked } = checkFilmInput(filmOf(input));
  return { ...checked, targetDuration, referenceIds: [], scenes: [] };
}
