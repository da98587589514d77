/** Puts a finished film where a person wants it. */
import { createWriteStream, existsSync, statSync } from 'node:fs';
import { link, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CliFailure, EXIT } from './exit-codes.ts';
import type { FilmFragment } from './generated/graphql.ts';

/** Where to, and whether a file that is there gives way. */
export type FilmTarget = { file: string; force: boolean };

const refuse = (message: string) => new CliFailure(EXIT.badInput, `--out: ${message}`);

/**
 * Checks a target before anything is spent on a film.
 *
 * @throws {CliFailure} `badInput` if its folder is missing, or it is a folder or an existing file.
 */
export function checkTarget({ file, force }: FilmTarget): void {
  const folder = path.dirname(path.resolve(file));
  if (!existsSync(folder)) throw refuse(`there is no folder ${folder}; make it first.`);
  if (!existsSync(file)) return;
  if (statSync(file).isDirectory()) throw refuse(`${file} is a folder; name a file in it.`);
  if (!force) throw refuse(`${file} exists; add --force to replace it, or choose another name.`);
}

/**
 * Downloads a film; `file` is there whole or not at all.
 *
 * @returns its absolute path.
 * @throws {CliFailure} if it cannot be fetched or written.
 */
export async function saveFilm(
  { url }: Pick<FilmFragment, 'url'>,
  { file, force }: FilmTarget,
): Promise<string> {
  const target = path.resolve(file);
  const part = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.part`);
  try {
    const response = await fetch(url);
    if (!response.ok || !response.body) throw new Error(`${url} answered HTTP ${response.status}`);
    await pipeline(response.body, createWriteStream(part, { flags: 'wx' }));
    // A link, unlike a rename, never takes the place of a file that came meanwhile.
    if (force) await rename(part, target);
    else await link(part, target);
    return target;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliFailure(EXIT.failed, `--out: cannot write ${target}: ${reason}`, { cause: error });
  } finally {
    await rm(part, { force: true });
  }
}

/** Where a person finds a film: its path if that is on this machine, else its address. */
export const placeOf = ({ filePath, url }: Pick<FilmFragment, 'filePath' | 'url'>): string =>
  existsSync(filePath) ? filePath : url;
