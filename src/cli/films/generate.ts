import { agreeToCost, type CostOptions, MAKE } from '../money/agree-to-cost.ts';
import type { ApiClient } from '../server/api-client.ts';
import { CliFailure, EXIT, type ExitCode } from '../command/exit-codes.ts';
import type { ClipSource } from '../generated/graphql.ts';
import { type FilmOptions, readFilmInput } from './film-input.ts';
import { takeTarget } from '../watching/film-target.ts';
import { filmOfWords, filmWithReferences, orDiscard } from './planned-film.ts';
import { readReferences, type ReferenceOption } from './reference-options.ts';
import { watchFilm, type WatchOptions } from '../watching/watch-film.ts';

export type GenerateOptions = WatchOptions &
  FilmOptions &
  CostOptions & {
    character?: ReferenceOption[];
    product?: ReferenceOption[];
    clipsFrom?: ClipSource;
  };

/**
 * Makes a film from a prompt and waits for it. Where that costs money, the person is told how much, and asked, first.
 *
 * @param prompt `-` reads stdin; undefined reads `options.file`.
 */
export async function generate(prompt: string | undefined, options: GenerateOptions): Promise<ExitCode> {
  const target = takeTarget(options);
  const { character = [], product = [], clipsFrom = 'KEYFRAMES' } = options;
  const input = await readFilmInput(prompt, options);
  const references = await readReferences([...character, ...product]);
  if (references.length === 0 && clipsFrom !== 'KEYFRAMES')
    throw new CliFailure(EXIT.badInput, '--clips-from: reference-images need a --character or a --product.');
  const agree = async (api: ApiClient) => {
    const film =
      references.length > 0
        ? await filmWithReferences(api, input, references, clipsFrom)
        : filmOfWords(api, input);
    const cap = await orDiscard(film, async () => agreeToCost(await film.estimate(), options, MAKE));
    return { film, cap };
  };
  return watchFilm(options, agree, (_api, { film, cap }) => film.launch(cap), { target });
}
