/** What a film is to be, from the words of the command line. */
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { decodeText } from '../core/decode-text.ts';
import { CliFailure, EXIT } from './exit-codes.ts';
import type { GenerateFilmInput } from './generated/graphql.ts';

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
  provider?: string;
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
  if (prompt === '-') return decode(await buffer(process.stdin), 'prompt: what stdin has');
  if (prompt !== undefined) return prompt;
  if (file === undefined)
    throw badInput('give one, as in vidpipe generate "A lighthouse at dusk", or --file FILE.');
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new CliFailure(EXIT.badInput, `--file: cannot read ${file} (${error.code}).`, { cause: error });
  });
  return decode(bytes, `--file: ${file}`);
}

function decode(bytes: Buffer, what: string): string {
  try {
    return decodeText(bytes);
  } catch (error) {
    const message = `${what} is no text in UTF-8 or UTF-16; save it as UTF-8.`;
    throw new CliFailure(EXIT.badInput, message, { cause: error });
  }
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
    // The server knows the providers and names them when it refuses one.
    ...(provider !== undefined && {
      provider: provider.toUpperCase() as GenerateFilmInput['provider'] & string,
    }),
  };
}
