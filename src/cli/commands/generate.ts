import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { CliFailure, EXIT, type ExitCode } from '../exit-codes.ts';
import { checkTarget, saveFilm } from '../film-file.ts';
import { reportFilm } from '../film-report.ts';
import { makeFilm } from '../film-run.ts';
import type { GenerateFilmInput } from '../generated/graphql.ts';
import { launchFilm } from '../launch-film.ts';
import { type CommonOptions, openView, withServer } from '../session.ts';

export type GenerateOptions = CommonOptions & {
  /** A script to read instead of the prompt argument. */
  file?: string;
  title?: string;
  style?: string;
  aspectRatio?: string;
  /** Seconds. */
  clipDuration?: number;
  /** Seconds. */
  duration?: number;
  /** Seconds. */
  crossfade?: number;
  provider?: string;
  /** Where the film is put. */
  out?: string;
  force?: boolean;
};

/**
 * Makes a film from a prompt and waits for it.
 *
 * @param prompt `-` reads stdin; undefined reads `options.file`.
 */
export async function generate(prompt: string | undefined, options: GenerateOptions): Promise<ExitCode> {
  const target = options.out === undefined ? undefined : { file: options.out, force: options.force ?? false };
  if (target) checkTarget(target);
  const input = inputOf(await readPrompt(prompt, options.file), options);
  return withServer(options, 'all', async ({ api }) => {
    const finished = await makeFilm(api, openView(options), () => launchFilm(api, input));
    const saved = target && finished.film && (await saveFilm(finished.film, target));
    reportFilm(finished, saved, options.json ?? false);
    return finished.exitCode;
  });
}

async function readPrompt(prompt: string | undefined, file: string | undefined): Promise<string> {
  if (prompt !== undefined && file !== undefined) throw badInput('give a prompt or --file, not both.');
  if (prompt === '-') return text(process.stdin);
  if (prompt !== undefined) return prompt;
  if (file === undefined)
    throw badInput('give one, as in vidpipe generate "A lighthouse at dusk", or --file FILE.');
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CliFailure(EXIT.badInput, `--file: cannot read ${file} (${code}).`, { cause: error });
  }
}

const badInput = (message: string) => new CliFailure(EXIT.badInput, `prompt: ${message}`);

function inputOf(prompt: string, options: GenerateOptions): GenerateFilmInput {
  const { title, style, aspectRatio, clipDuration, duration, crossfade, provider } = options;
  return {
    prompt,
    ...(title !== undefined && { title }),
    ...(style !== undefined && { style }),
    ...(aspectRatio !== undefined && { aspectRatio }),
    ...(clipDuration !== undefined && { targetClipDuration: clipDuration }),
    ...(duration !== undefined && { targetDuration: duration }),
    ...(crossfade !== undefined && { crossfadeSeconds: crossfade }),
    // The server knows the providers and names them when it refuses one.
    ...(provider !== undefined && {
      provider: provider.toUpperCase() as GenerateFilmInput['provider'] & string,
    }),
  };
}
