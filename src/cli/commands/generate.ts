import { agreeToCost, type CostOptions } from '../agree-to-cost.ts';
import type { ExitCode } from '../exit-codes.ts';
import { checkTarget, saveFilm } from '../film-file.ts';
import { type FilmOptions, readFilmInput } from '../film-input.ts';
import { reportFilm } from '../film-report.ts';
import { makeFilm } from '../film-run.ts';
import { launchFilm } from '../launch-film.ts';
import { type CommonOptions, openView, withServer } from '../session.ts';

export type GenerateOptions = CommonOptions &
  FilmOptions &
  CostOptions & {
    /** Where the film is put. */
    out?: string;
    force?: boolean;
  };

/**
 * Makes a film from a prompt and waits for it. Where that costs money, the person is told how much, and asked, first.
 *
 * @param prompt `-` reads stdin; undefined reads `options.file`.
 */
export async function generate(prompt: string | undefined, options: GenerateOptions): Promise<ExitCode> {
  const target = options.out === undefined ? undefined : { file: options.out, force: options.force ?? false };
  if (target) checkTarget(target);
  const input = await readFilmInput(prompt, options);
  return withServer(options, 'all', async ({ api }) => {
    const capped = { ...input, ...(await agreeToCost(api, input, options)) };
    const finished = await makeFilm(api, openView(options), () => launchFilm(api, capped));
    const saved = target && finished.film && (await saveFilm(finished.film, target));
    reportFilm(finished, saved, options.json ?? false);
    return finished.exitCode;
  });
}
