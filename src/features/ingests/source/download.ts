/** Fetching a film from an address, whatever happens to the line or to this process meanwhile. */
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DomainError } from '../../../core/errors.ts';
import type { FilmFetcher, Opened } from '../../../platform/outbound/outbound.ts';
import { NoAnswerError } from '../../../platform/outbound/no-answer.ts';
import { placeOf, StartOver, totalOf, validatorOf } from './answer.ts';
import { readNotes, writeNotes } from './part-notes.ts';
import { type Pace, watchPace } from './pace.ts';
import { HEAD_BYTES, refused, sniff } from './sniff.ts';

/** Without a byte for so long, the line is taken for dead. */
const STALLED_MILLISECONDS = 30_000;
/** Tries in a row that bring nothing. */
const VAIN_TRIES = 4;
const FIRST_WAIT_MILLISECONDS = 500;

export type Download = {
  /** Where it is put, and what is known of it beside it. */
  folder: string;
  mostBytes: number;
  freeBytes: () => Promise<number>;
  signal: AbortSignal;
  /** Called with the share that is here, 0 to 1, where the other side says how much there is. */
  onProgress: (share: number) => void;
  /** Without a byte for so long it is asked anew; half a minute unless given. */
  stalledMilliseconds?: number;
  /** In each stretch of so long enough must come (`watchPace`); five minutes unless given. */
  paceMilliseconds?: number;
  /** Before the second try; doubles with each that brings nothing. Half a second unless given. */
  firstWaitMilliseconds?: number;
};

/** What came: a file, or nothing but the news that a page of the web is there. */
export type Fetched = { file: string } | 'PAGE';

/**
 * Fetches what is at `url` into a folder, and goes on with what an earlier try left there, if the other side still has
 * the same file (`If-Range`). Ends after four tries in a row that bring nothing, and when it comes too slowly.
 *
 * @throws {DomainError} `SOURCE_FAILED`: refused, not there, too slow, too large, or no film; `INSUFFICIENT_DISK`.
 */
export async function download(films: FilmFetcher, url: URL, options: Download): Promise<Fetched> {
  const file = path.join(options.folder, 'whole');
  // A process died between this and what was to be done with it.
  if ((await sizeOf(file)) > 0) return { file };
  const pace = watchPace(url.hostname, options.paceMilliseconds);
  try {
    const signal = AbortSignal.any([options.signal, pace.signal]);
    return await fetchAll(films, url, file, { ...options, signal, pace });
  } finally {
    pace.end();
  }
}

type Fetching = Download & { pace: Pace };

async function fetchAll(films: FilmFetcher, url: URL, file: string, options: Fetching): Promise<Fetched> {
  const part = path.join(options.folder, 'part');
  const { firstWaitMilliseconds = FIRST_WAIT_MILLISECONDS, signal } = options;
  for (let vain = 0; ;) {
    const before = await sizeOf(part);
    try {
      if ((await fetchRest(films, url, part, options)) === 'PAGE') return 'PAGE';
      await rename(part, file);
      return { file };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof DomainError || !mayPass(error)) throw toRefusal(error);
      if (error instanceof StartOver) await rm(part, { force: true });
      vain = (await sizeOf(part)) > before ? 0 : vain + 1;
      if (vain >= VAIN_TRIES) throw toRefusal(error);
      await delay(firstWaitMilliseconds * 2 ** vain, undefined, { signal }).catch(() => {});
      signal.throwIfAborted();
    }
  }
}

const ON_DISK = /^(ENOSPC|EDQUOT|EFBIG|EROFS|EACCES|EIO)$/;

const mayPass = (error: unknown): boolean =>
  error instanceof NoAnswerError
    ? error.code !== 'ADDRESS_REFUSED'
    : !ON_DISK.test((error as NodeJS.ErrnoException).code ?? '');

function toRefusal(error: unknown): unknown {
  if (error instanceof DomainError || !mayPass(error))
    return error instanceof NoAnswerError ? told(error) : error;
  return told(error as Error);
}

const told = (cause: Error) =>
  new DomainError('SOURCE_FAILED', `It could not be fetched: ${cause.message}`, { cause });

async function fetchRest(
  films: FilmFetcher,
  url: URL,
  part: string,
  options: Fetching,
): Promise<'WHOLE' | 'PAGE'> {
  const notes = await readNotes(part, url);
  const have = notes?.validator ? await sizeOf(part) : 0;
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const range = have > 0 && notes?.validator ? { range: `bytes=${have}-`, 'if-range': notes.validator } : {};
  const opened = await films.get(
    url,
    { 'accept-encoding': 'identity', 'user-agent': 'vidpipe', ...range },
    signal,
  );
  try {
    const from = placeOf(opened, have);
    const total = totalOf(opened, from);
    await checkRoom(total, from, options);
    // First: what a dead process leaves must never be taken for a part of what the new notes tell of.
    if (from === 0) await rm(part, { force: true });
    await writeNotes(part, { url: url.href, validator: validatorOf(opened), total });
    return await append(opened, part, { from, total, stop }, options);
  } finally {
    opened.body.destroy();
  }
}

async function checkRoom(
  total: number | null,
  from: number,
  { mostBytes, freeBytes }: Download,
): Promise<void> {
  if (total === null) return;
  if (total > mostBytes) throw tooLarge(mostBytes);
  if ((await freeBytes()) < total - from)
    throw new DomainError('INSUFFICIENT_DISK', 'The disk has too little room for the film; free some space.');
}

export const tooLarge = (mostBytes: number): DomainError =>
  refused(`it is larger than ${mostBytes / 1e9} GB, which VIDPIPE_INGEST_GIGABYTES allows`);

type Appending = { from: number; total: number | null; stop: AbortController };

async function append(
  { body, url }: Opened,
  part: string,
  { from, total, stop }: Appending,
  options: Fetching,
): Promise<'WHOLE' | 'PAGE'> {
  const { mostBytes, onProgress, pace, stalledMilliseconds = STALLED_MILLISECONDS } = options;
  let [have, head, isFilm] = [from, Buffer.alloc(0), from > 0];
  const stall = setTimeout(
    () => stop.abort(new Error(`${url.hostname} sends nothing more.`)),
    stalledMilliseconds,
  );
  const file = createWriteStream(part, { flags: from > 0 ? 'a' : 'w' });
  const failed = new Promise<never>((_, reject) => file.once('error', reject));
  failed.catch(() => {});
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      stall.refresh();
      pace.came(chunk.length);
      have += chunk.length;
      if (have > mostBytes) throw tooLarge(mostBytes);
      if (!isFilm) {
        head = Buffer.concat([head, chunk]);
        if (head.length >= HEAD_BYTES) {
          if (judge(head) === 'PAGE') return 'PAGE';
          isFilm = true;
        }
      }
      if (!file.write(chunk))
        await Promise.race([new Promise<void>((resolve) => file.once('drain', () => resolve())), failed]);
      if (total !== null) onProgress(have / total);
    }
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    clearTimeout(stall);
    await Promise.race([new Promise<void>((resolve) => file.end(() => resolve())), failed]).catch(() => {});
  }
  if (file.errored) throw file.errored;
  if (total !== null && have < total) throw new Error(`${url.hostname} ended before the film did.`);
  return isFilm ? 'WHOLE' : judge(head);
}

/** @throws {DomainError} `SOURCE_FAILED` for what is neither a film nor a page. */
function judge(head: Buffer): 'WHOLE' | 'PAGE' {
  const found = sniff(head);
  if (found.kind === 'NEITHER') throw refused(found.why);
  return found.kind === 'PAGE' ? 'PAGE' : 'WHOLE';
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );
