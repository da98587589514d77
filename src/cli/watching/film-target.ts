/** The place that a person wants a film in: taken before anything is spent, so that it is there at the end. */
import { closeSync, lstatSync, openSync, readdirSync, rmSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { CliFailure, EXIT } from '../command/exit-codes.ts';
import { isAlive } from '../server/is-alive.ts';

/** What a person asks for: where to, and whether a file that is there gives way. */
export type OutOptions = { out?: string; force?: boolean };

export type FilmTarget = {
  /** Absolute path. */
  file: string;
  /** Where the film is written until it is whole; empty, and this process's alone. */
  part: string;
  force: boolean;
};

const refuse = (message: string, cause?: unknown) =>
  new CliFailure(EXIT.badInput, `--out: ${message}`, { cause });

/**
 * Takes the place for this process: makes the file that the film is written into, which goes when the process ends.
 *
 * @returns undefined if no place is asked for.
 * @throws {CliFailure} `badInput` naming `--out` if a film could not be put there, or another command is about to.
 */
export function takeTarget({ out, force = false }: OutOptions): FilmTarget | undefined {
  if (out === undefined) {
    if (force) throw new CliFailure(EXIT.badInput, '--force: goes with --out FILE, which is not given.');
    return undefined;
  }
  const file = path.resolve(out);
  refuseWrong(out, file, force);
  const part = partOf(file, process.pid);
  try {
    closeSync(openSync(part, 'wx'));
  } catch (error) {
    throw refuse(
      `${out} cannot be written (${codeOf(error)}); choose a place that this user may write.`,
      error,
    );
  }
  process.once('exit', () => rmSync(part, { force: true }));
  refuseTaken(out, file);
  return { file, part, force };
}

function refuseWrong(out: string, file: string, force: boolean): void {
  if (out.trim() === '') throw refuse('names no file.');
  const folder = path.dirname(file);
  const place = look(statSync, folder);
  if (!place) throw refuse(`there is no folder ${folder}; make it first.`);
  if (!place.isDirectory()) throw refuse(`${folder} is not a folder; choose another.`);
  const found = look(lstatSync, file);
  if (found?.isDirectory() || /[/\\]$/.test(out)) throw refuse(`${out} is a folder; name a file in it.`);
  if (found && !found.isFile() && !found.isSymbolicLink()) throw refuse(`${out} is no file; name one.`);
  if (found && !force) throw refuse(`${out} exists; add --force to replace it, or choose another name.`);
}

/** @returns undefined if there is nothing. */
function look(ask: (file: string) => Stats, file: string): Stats | undefined {
  try {
    return ask(file);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return undefined;
    throw refuse(`${file} cannot be looked at (${codeOf(error)}); choose another place.`, error);
  }
}

/** Of commands that take a place at once all but the first are refused; what dead ones left is removed. */
function refuseTaken(out: string, file: string): void {
  const own = lstatSync(partOf(file, process.pid), { bigint: true }).mtimeNs;
  for (const pid of otherTakers(file)) {
    const part = partOf(file, pid);
    const taken = lstatSync(part, { bigint: true, throwIfNoEntry: false })?.mtimeNs;
    if (taken === undefined) continue;
    if (!isAlive(pid)) rmSync(part, { force: true });
    else if (taken < own || (taken === own && pid < process.pid))
      throw refuse(`another vidpipe (process ${pid}) puts its film at ${out}; choose another name.`);
  }
}

/** Process ids, by the names of their files; none in a folder that may only be written. */
function otherTakers(file: string): number[] {
  const start = `.${path.basename(file)}.`;
  return namesIn(path.dirname(file))
    .filter((name) => name.startsWith(start) && name.endsWith(PART))
    .map((name) => Number(name.slice(start.length, -PART.length)))
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const PART = '.part';

const partOf = (file: string, pid: number) =>
  path.join(path.dirname(file), `.${path.basename(file)}.${pid}${PART}`);

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);
