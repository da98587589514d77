/** What a film is to be, from the words of the command line. */
import { CliFailure, EXIT } from '../command/exit-codes.ts';
import type { GenerateFilmInput, Provider } from '../generated/graphql.ts';
import { readText } from '../input/read-input.ts';

export type FilmOptions = {
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
  provider?: Provider;
};

/**
 * Reads the prompt and puts the options beside it.
 *
 * @param prompt `-` reads stdin; undefined reads `options.file`.
 * @throws {CliFailure} `badInput` if there is no prompt, two, or one that cannot be read.
 */
export async function readFilmInput(
  prompt: string | undefined,
  options: FilmOptions,
): Promise<GenerateFilmInput> {
  return inputOf(await readPrompt(prompt, options.file), options);
}

async function readPrompt(prompt: string | undefined, file: string | undefined): Promise<string> {
  if (prompt !== undefined && file !== undefined) throw badInput('give a prompt or --file, not both.');
  if (prompt === '-') return readText(process.stdin, 'prompt');
  if (prompt !== undefined) return prompt;
  if (file === undefined)
    throw badInput('give one, as in vidpipe generate "A lighthouse at dusk", or --file FILE.');
  return readText(file, '--file');
}

const badInput = (message: string) => new CliFailure(EXIT.badInput, `prompt: ${message}`);

function inputOf(prompt: string, options: FilmOptions): GenerateFilmInput {
  const { title, style, aspectRatio, clipDuration, duration, crossfade, provider } = options;
  return {
    prompt,
    ...(title !== undefined && { title }),
    ...(style !== undefined && { style }),
    ...(aspectRatio !== undefined && { aspectRatio }),
    ...(clipDuration !== undefined && { targetClipDuration: clipDuration }),
    ...(duration !== undefined && { targetDuration: duration }),
    ...(crossfade !== undefined && { crossfadeSeconds: crossfade }),
    ...(provider !== undefined && { provider }),
  };
}
