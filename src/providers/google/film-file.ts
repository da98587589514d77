/** Clips as files: whole or not at all. The SDK's own download ends the process where one breaks off. */
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '../../core/errors.ts';
import { writeWhole } from '../../media/write/atomic-file.ts';
import { probe } from '../../media/read/probe.ts';
import type { CallOptions } from '../capabilities/capability.ts';
import type { ClipResult } from '../capabilities/clip.ts';
import { ProviderError } from '../provider-error.ts';
import type { FilmFound } from './read-veo.ts';

/** A clip that comes in. */
export type FilmSource = {
  /** Who sends it, for messages. */
  name: string;
  body: Readable;
  /** Bytes that were promised; null if nobody said. */
  bytes: number | null;
};

/** A clip that came within an answer. */
function filmInBase64(name: string, data: string): FilmSource {
  const film = Buffer.from(data, 'base64');
  return { name, body: Readable.from([film]), bytes: film.length };
}

/**
 * Keeps a clip that came within an answer, as {@link keepFilm} does.
 *
 * @throws {ProviderError} REFUSED if the answer has none any more.
 */
export async function keepFilmOf(
  name: string,
  film: FilmFound | null,
  toFile: string,
  options: Pick<CallOptions, 'signal'>,
): Promise<ClipResult> {
  if (!film || !('data' in film)) throw new ProviderError('REFUSED', `${name}: it has no clip any more.`);
  return keepFilm(toFile, filmInBase64(name, film.data), options);
}

/** Where every MP4 has its first box's type (ISO 14496-12, 4.3). */
const BOX_TYPE = { from: 4, to: 8, is: 'ftyp' };

/**
 * Writes a clip to a file and measures it; it appears there only if all of it came and it is a film.
 *
 * @throws {ProviderError} NOT_ACCEPTED if it was cut or damaged: it may be fetched again.
 */
export async function keepFilm(
  toFile: string,
  source: FilmSource,
  options: Pick<CallOptions, 'signal'>,
): Promise<ClipResult> {
  return writeWhole(toFile, async (directory) => {
    const file = path.join(directory, 'clip.mp4');
    await pipeline(source.body, createWriteStream(file), options);
    await checkHead(file, source);
    return { file, result: await measure(file, source, options) };
  });
}

async function checkHead(file: string, { name, bytes }: FilmSource): Promise<void> {
  await using handle = await open(file);
  const { size } = await handle.stat();
  if (bytes !== null && size !== bytes) throw damaged(name, `${size} of ${bytes} bytes came`);
  const { buffer } = await handle.read(Buffer.alloc(BOX_TYPE.to), 0, BOX_TYPE.to, 0);
  if (buffer.toString('latin1', BOX_TYPE.from) !== BOX_TYPE.is) throw damaged(name, 'it is no MP4');
}

async function measure(
  file: string,
  { name }: FilmSource,
  options: Pick<CallOptions, 'signal'>,
): Promise<ClipResult> {
  try {
    const { durationSeconds } = await probe(file, options);
    return { durationSeconds };
  } catch (error) {
    if (error instanceof DomainError && error.code === 'MEDIA_FAILED')
      throw damaged(name, error.message, error);
    throw error;
  }
}

const damaged = (name: string, what: string, cause?: unknown) =>
  new ProviderError('NOT_ACCEPTED', `${name}: the clip is damaged: ${what}.`, { cause });
