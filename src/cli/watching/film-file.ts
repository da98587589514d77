/** Puts a finished film where a person wants it. */
import { constants, createWriteStream, existsSync } from 'node:fs';
import { copyFile, link, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { filesDirectory, loadConfig } from '../../platform/config.ts';
import { CliFailure, EXIT } from '../command/exit-codes.ts';
import type { FilmTarget } from './film-target.ts';
import type { FilmFragment } from '../generated/graphql.ts';

type Film = Pick<FilmFragment, 'url'>;

/**
 * Downloads a film; the file is there whole or not at all.
 *
 * @returns its absolute path.
 * @throws {CliFailure} if it cannot be fetched or written; it says where the film is.
 */
export async function saveFilm(film: Film, target: FilmTarget): Promise<string> {
  const { file, part } = target;
  try {
    const response = await fetch(film.url);
    if (!response.ok || !response.body) throw new Error(`${film.url} answered HTTP ${response.status}`);
    await pipeline(response.body, createWriteStream(part));
    await put(target);
    return file;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `--out: cannot write ${file}: ${reason}; the film is safe at ${placeOf(film)}`;
    throw new CliFailure(EXIT.failed, message, { cause: error });
  } finally {
    await rm(part, { force: true });
  }
}

/** Codes of a folder whose file system knows no links, as that of a memory stick. */
const NO_LINKS = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'];

/** Moves what was written to its place; a file that is there gives way only if the target says so. */
export async function put({ file, part, force }: FilmTarget): Promise<void> {
  if (force) return rename(part, file);
  try {
    // A link, unlike a rename, never takes the place of a file that came meanwhile.
    await link(part, file);
  } catch (error) {
    if (!NO_LINKS.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await copyFile(part, file, constants.COPYFILE_EXCL);
  }
}

/** Where a person finds a film: its path if that is on this machine, else its address. */
export const placeOf = (film: Film): string => pathOf(film) ?? film.url;

/** A film with the path of its file in the data directory of this command; null if it is not there. */
export const withPath = (film: FilmFragment) => ({ ...film, filePath: pathOf(film) });

/** The API tells no path of its machine: which file it is, its address does. */
function pathOf({ url }: Film): string | null {
  const directory = filesDirectory(loadConfig(process.env));
  const [, key] = /\/media\/(.+)/.exec(new URL(url).pathname) ?? [];
  if (directory === null || key === undefined) return null;
  const file = path.join(directory, ...key.split('/').map(decodeURIComponent));
  return file.startsWith(directory + path.sep) && existsSync(file) ? file : null;
}
