import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** PocketSphinx with its English model, as it was found on this machine. */
export type PocketSphinx = {
  /** The program that hears files. */
  program: string;
  /** Acoustic model. */
  acoustics: string;
  /** Which words follow which. */
  language: string;
  /** How words sound. */
  dictionary: string;
  /** Arguments without which the times of its words are not those of the file. */
  timing: readonly string[];
};

/** Told where it is missing. */
export const HOW_TO_INSTALL =
  'PocketSphinx is not installed on this machine; on Debian: apt-get install pocketsphinx pocketsphinx-en-us.';

/** Where packages of systems put models. */
const MODELS = ['/usr/share', '/usr/local/share', '/opt/homebrew/share'].map((share) =>
  join(share, 'pocketsphinx/model/en-us'),
);

/** How long it may take to tell its options. */
const ANSWER_MILLISECONDS = 20_000;

let found: Promise<PocketSphinx | null> | undefined;

/** Looks for PocketSphinx on the PATH of this machine, once a process; null where it, or its English model, is not there. */
export const findPocketSphinx = (): Promise<PocketSphinx | null> => (found ??= look());

async function look(): Promise<PocketSphinx | null> {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const program = await firstThere(folders.map((folder) => join(folder, 'pocketsphinx_batch')));
  const model = await firstThere(MODELS);
  if (program === null || model === null) return null;
  const files = { acoustics: 'en-us', language: 'en-us.lm.bin', dictionary: 'cmudict-en-us.dict' };
  const { acoustics, language, dictionary } = files;
  const parts = [acoustics, language, dictionary].map((name) => join(model, name));
  if ((await Promise.all(parts.map(isThere))).includes(false)) return null;
  return {
    program,
    acoustics: join(model, acoustics),
    language: join(model, language),
    dictionary: join(model, dictionary),
    timing: await timingOf(program),
  };
}

/** Before version 5 it takes silence out first, unless told not to; from then on it does not know the option. */
async function timingOf(program: string): Promise<string[]> {
  const options = await new Promise<string>((resolve) =>
    execFile(program, [], { timeout: ANSWER_MILLISECONDS, env: {} }, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    ),
  );
  return options.includes('-remove_silence') ? ['-remove_silence', 'no'] : [];
}

async function firstThere(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) if (await isThere(path)) return path;
  return null;
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
