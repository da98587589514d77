import { defineCommand } from '../command/command.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { describeEstimate } from '../money/estimates.ts';
import { printJson } from '../output/json.ts';
import { asking } from '../server/asking.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { type FilmOptions, filming, readFilmInput } from './film-input.ts';
import { estimateFilm } from './planned-film.ts';

/** `vidpipe estimate`. */
export const estimate = defineCommand({
  name: 'estimate',
  summary: 'tell what a film would cost and how long it would take',
  kinds: [asking, filming],
  run: tellEstimate,
});

/**
 * Tells what a film would cost and how long it would take. Makes and costs nothing.
 *
 * @param prompt `-` reads stdin; undefined reads `options.file`.
 */
async function tellEstimate(
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
