import { agreeToCost, type CostOptions, MAKE } from '../agree-to-cost.ts';
import { CliFailure, EXIT, type ExitCode } from '../exit-codes.ts';
import { checkTarget, saveFilm } from '../film-file.ts';
import { type FilmOptions, readFilmInput } from '../film-input.ts';
import { reportFilm } from '../film-report.ts';
import { makeFilm } from '../film-run.ts';
import { filmOfWords, filmWithReferences, orDiscard } from '../planned-film.ts';
import { readReferences, type ReferenceOption } from '../reference-options.ts';
import { type CommonOptions, openView, withServer } from '../session.ts';

export type GenerateOptions = CommonOptions &
  FilmOptions &
  CostOptions & {
    /** Where the film is put. */
    out?: string;
    force?: boolean;
    character?: ReferenceOption[];
    product?: ReferenceOption[];
    clipsFrom?: 'keyframes' | 'reference-images';
  };

const CLIP_SOURCES = { keyframes: 'KEYFRAMES', 'reference-images': 'REFERENCE_IMAGES' } as const;

/**
 * Makes a film from a prompt and waits for it. Where that costs money, the person is told how much, and asked, first.
 *
 * @param prompt `-` reads stdin; undefined reads `options.file`.
 */
export async function generate(prompt: string | undefined, options: GenerateOptions): Promise<ExitCode> {
  const target = options.out === undefined ? undefined : { file: options.out, force: options.force ?? false };
  if (target) checkTarget(target);
  const { character = [], product = [], clipsFrom = 'keyframes' } = options;
  const input = await readFilmInput(prompt, options);
  const references = await readReferences([...character, ...product]);
  if (references.length === 0 && clipsFrom !== 'keyframes')
    throw new CliFailure(EXIT.badInput, `--clips-from: ${clipsFrom} needs a --character or a --product.`);
  return withServer(options, 'all', async ({ api }) => {
    const film =
      references.length > 0
        ? await filmWithReferences(api, input, references, CLIP_SOURCES[clipsFrom])
        : filmOfWords(api, input);
    const cap = await orDiscard(film, async () => agreeToCost(await film.estimate(), options, MAKE));
    const finished = await makeFilm(api, openView(options), () => film.launch(cap));
    const saved = target && finished.film && (await saveFilm(finished.film, target));
    reportFilm(finished, saved, options.json ?? false);
    return finished.exitCode;
  });
}
