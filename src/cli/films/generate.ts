import { InvalidArgumentError, Option } from 'commander';
import { defineCommand } from '../command/command.ts';
import { CliFailure, EXIT, type ExitCode } from '../command/exit-codes.ts';
import { lowerCase } from '../command/option-values.ts';
import type { VideoClipSource } from '../generated/graphql.ts';
import { agreeToCost, MAKE } from '../money/agree-to-cost.ts';
import { type CostOptions, costing } from '../money/costing.ts';
import type { ApiClient } from '../server/api-client.ts';
import { asking } from '../server/asking.ts';
import { takeTarget } from '../watching/film-target.ts';
import { watchFilm, watching, type WatchOptions } from '../watching/watch-film.ts';
import { type FilmOptions, filming, readFilmInput } from './film-input.ts';
import { filmOfWords, filmWithReferences, orDiscard } from './planned-film.ts';
import { another, readReferences, type ReferenceOption } from './reference-options.ts';

type GenerateOptions = WatchOptions &
  FilmOptions &
  CostOptions & {
    character?: ReferenceOption[];
    product?: ReferenceOption[];
    clipsFrom?: VideoClipSource;
  };

/** As a person writes them. */
const VIDEO_CLIP_SOURCES: Record<string, VideoClipSource> = {
  keyframes: 'KEYFRAMES',
  'reference-images': 'REFERENCE_IMAGES',
};

/** What clips are filmed from. */
function videoClipSource(text: string): VideoClipSource {
  const found = VIDEO_CLIP_SOURCES[lowerCase(text)];
  if (found) return found;
  throw new InvalidArgumentError(`Must be ${Object.keys(VIDEO_CLIP_SOURCES).join(' or ')}.`);
}

/** `vidpipe generate`. */
export const generate = defineCommand({
  name: 'generate',
  summary: 'make a film of a prompt or a script, and wait for it',
  kinds: [asking, filming, costing, watching],
  takes: (command) =>
    command
      .option(
        '--character <name=picture>',
        'somebody who looks the same all through; several',
        another('CHARACTER'),
      )
      .option(
        '--product <name=picture>',
        'something that looks the same all through; several',
        another('PRODUCT'),
      )
      .addOption(
        new Option('--clips-from <source>', 'with such pictures, what clips are filmed from')
          .argParser(videoClipSource)
          .default('KEYFRAMES', 'keyframes'),
      ),
  fields: { clipsFrom: '--clips-from' },
  names: {
    generateFilm: 'vidpipe generate',
    addReferenceImage: '--character or --product',
    clipsFrom: '--clips-from',
    KEYFRAMES: 'keyframes',
    REFERENCE_IMAGES: 'reference-images',
  },
  run: generateFilm,
});

/**
 * Makes a film from a prompt and waits for it. Where that costs money, the person is told how much, and asked, first.
 *
 * @param prompt `-` reads stdin; undefined reads `options.file`.
 */
async function generateFilm(prompt: string | undefined, options: GenerateOptions): Promise<ExitCode> {
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
