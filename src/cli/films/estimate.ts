import { describeEstimate, estimateFilm } from '../money/estimates.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { type FilmOptions, readFilmInput } from './film-input.ts';
import { printJson } from '../progress/json-view.ts';
import { type CommonOptions, withServer } from '../server/session.ts';

/**
 * Tells what a film would cost and how long it would take. Makes and costs nothing.
 *
 * @param prompt `-` reads stdin; undefined reads `options.file`.
 */
export async function estimate(
  prompt: string | undefined,
  options: CommonOptions & FilmOptions,
): Promise<ExitCode> {
  const input = await readFilmInput(prompt, options);
  return withServer(options, 'api', async ({ api }) => {
    const asked = await estimateFilm(api, input);
    if (options.json) printJson(asked);
    else for (const line of describeEstimate(asked)) console.log(line);
    return EXIT.ok;
  });
}
