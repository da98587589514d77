/** What a film is to be, from the words of the command line. */
import { InvalidArgumentError } from 'commander';
import type { OptionGroup } from '../command/command.ts';
import { CliFailure, EXIT } from '../command/exit-codes.ts';
import { lowerCase, seconds, wholeSeconds } from '../command/option-values.ts';
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

/** Every provider, and what people call its models. */
const PROVIDERS: Record<Provider, readonly string[]> = {
  ANIMATIC: [],
  GOOGLE: ['veo', 'gemini', 'omni', 'vertex'],
};

/** Who makes a film, in capitals or not. */
function provider(text: string): Provider {
  const entries = Object.entries(PROVIDERS) as [Provider, readonly string[]][];
  const asked = text.trim().toUpperCase();
  const found = entries.find(([name]) => name === asked);
  if (found) return found[0];
  const maker = entries.find(([, models]) => models.some((model) => asked.startsWith(model.toUpperCase())));
  const hint = maker ? ` ${text} is made by ${maker[0].toLowerCase()}.` : '';
  const names = entries.map(([name]) => name.toLowerCase()).join(' or ');
  throw new InvalidArgumentError(`Must be ${names}.${hint}`);
}

/** A command that is told what a film is to be: a prompt, and {@link FilmOptions}. */
export const filming: OptionGroup = {
  takes: (command) =>
    command
      .argument('[prompt]', 'what the film is about, or its script; - reads stdin')
      .option('--file <file>', 'read the prompt from a file')
      .option('--title <title>', 'short name; taken from the prompt unless given')
      .option('--style <style>', 'cinematic, noir, neon, documentary, anime, watercolor, ...', lowerCase)
      .option('--aspect-ratio <ratio>', '16:9, 9:16 or 1:1', lowerCase)
      .option('--clip-duration <seconds>', 'length of a clip', wholeSeconds)
      .option('--duration <seconds>', 'length of the film', wholeSeconds)
      .option('--crossfade <seconds>', 'crossfade between scenes; 0 is a hard cut', seconds)
      .option('--provider <provider>', 'who makes it: animatic or google', provider),
  fields: {
    prompt: 'prompt',
    title: '--title',
    style: '--style',
    aspectRatio: '--aspect-ratio',
    targetClipDuration: '--clip-duration',
    targetDuration: '--duration',
    crossfadeSeconds: '--crossfade',
    provider: '--provider',
  },
  names: { ANIMATIC: 'animatic', GOOGLE: 'google' },
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
  const { title, style, aspectRatio, clipDuration, duration, crossfade, provider: maker } = options;
  return {
    prompt,
    ...(title !== undefined && { title }),
    ...(style !== undefined && { style }),
    ...(aspectRatio !== undefined && { aspectRatio }),
    ...(clipDuration !== undefined && { targetClipDuration: clipDuration }),
    ...(duration !== undefined && { targetDuration: duration }),
    ...(crossfade !== undefined && { crossfadeSeconds: crossfade }),
    ...(maker !== undefined && { provider: maker }),
  };
}
