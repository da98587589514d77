/** The films of a job as one archive that can be sent from anywhere on. */
import { crc32 } from 'node:zlib';
import type { Job, PrismaClient } from '../../../generated/prisma/client.ts';
import type { Storage } from '../../../platform/storage/storage.ts';
import { planZip, type ZipFileEntry, type ZipPlan } from '../../../sheets/zip/zip-plan.ts';
import { checksumOfFilm } from '../../videos/film-checksum.ts';
import { allRows } from './all-rows.ts';
import { filmNamer } from './film-names.ts';
import type { RowFilm } from './rows-page.sql.ts';

/** Files that the storage is asked for at the same time. */
const ASKED_AT_ONCE = 16;

/** Of what is left out. No film is called so: they end with `.mp4`. */
const MISSING_FILE = 'missing.txt';

type Named = { name: string; rowNumber: number; film: RowFilm };
/** An entry, or why there is none. */
type Entry = ZipFileEntry | { missing: string };

type Source = { db: PrismaClient; storage: Pick<Storage, 'stat' | 'read'> };

/**
 * Plans the archive of a job's films, in the order of its rows. A film whose file is gone, or is not as it was
 * registered, is left out, and `missing.txt` in the archive tells of it.
 *
 * Asks the storage for every file. Films of before their checksum was kept are read whole, once.
 *
 * @throws what the storage throws that is away; the reason of `signal`.
 */
export async function planFilms(
  source: Source,
  job: Job,
  names: string | null,
  signal: AbortSignal,
): Promise<ZipPlan> {
  const nameOf = filmNamer(job.columns, names);
  const entries: Entry[] = [];
  let waiting: Named[] = [];
  const ask = async () => {
    signal.throwIfAborted();
    entries.push(...(await Promise.all(waiting.map((named) => entryOf(source, named, signal)))));
    waiting = [];
  };
  for await (const row of allRows(source.db, job)) {
    const name = nameOf(row);
    if (row.film) waiting.push({ name, rowNumber: row.rowNumber, film: row.film });
    if (waiting.length >= ASKED_AT_ONCE) await ask();
  }
  await ask();
  const files = entries.filter((entry) => 'read' in entry);
  const missing = entries.flatMap((entry) => ('missing' in entry ? [entry.missing] : []));
  return planZip(missing.length === 0 ? files : [...files, listOf(missing, job.createdAt)]);
}

async function entryOf(
  source: Source,
  { name, rowNumber, film }: Named,
  signal: AbortSignal,
): Promise<Entry> {
  const { filePath, createdAt: modifiedAt } = film;
  const found = await source.storage.stat(filePath);
  const size = Number(film.fileSizeBytes);
  if (!found) return { missing: `Row ${rowNumber}, "${name}": its file is gone from the storage.` };
  if (found.sizeBytes !== size)
    return {
      missing: `Row ${rowNumber}, "${name}": its file has ${found.sizeBytes} bytes and not ${size}; it is damaged.`,
    };
  return {
    name,
    size,
    crc32: await checksumOfFilm(source, film, signal),
    modifiedAt,
    async *read(from, to) {
      yield* await source.storage.read(filePath, { start: from, end: to - 1 });
    },
  };
}

function listOf(missing: readonly string[], modifiedAt: Date): ZipFileEntry {
  const bytes = Buffer.from(`These films are not in the archive:\n${missing.join('\n')}\n`);
  return {
    name: MISSING_FILE,
    size: bytes.length,
    crc32: crc32(bytes),
    modifiedAt,
    async *read(from, to) {
      yield bytes.subarray(from, to);
    },
  };
}
