import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Demuxer } from 'node-av/api';
import * as av from 'node-av/constants';
import { Log, type Packet, type Stream } from 'node-av/lib';
import { DomainError } from '../../core/errors.ts';
import { type Container, containerOf, MARK_BYTES } from './containers.ts';

Log.setLevel(av.AV_LOG_ERROR);

/**
 * Opens a media file, whoever made it; the caller closes it (`await using`). Only inside a media child.
 *
 * @throws {DomainError} MEDIA_FAILED, naming the file, when it cannot be read as film or sound.
 */
export const openMedia = (file: string): Promise<Demuxer> =>
  namingFile(file, async () => {
    const format = await containerIn(file);
    // Absolute, so that no name is taken for a protocol ("concat:...").
    return Demuxer.open(resolve(file), { format, copyTs: true, options: { protocol_whitelist: 'file' } });
  });

/** Turns whatever `read` throws into MEDIA_FAILED that names the file it reads. */
export async function namingFile<Result>(file: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    throw new DomainError('MEDIA_FAILED', `${file}: ${(cause as Error).message}`, { cause });
  }
}

async function containerIn(file: string): Promise<Container> {
  await using handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(MARK_BYTES), 0, MARK_BYTES, 0);
  const found = containerOf(buffer.subarray(0, bytesRead));
  if (found) return found;
  throw new DomainError('MEDIA_FAILED', `${file}: no film or sound in MP4, MOV, WebM, Matroska or WAV.`);
}

/**
 * Milliseconds of reading without a pause. In one, timers fire, by which a child tells that it works, and what Node holds of
 * packets that were freed is given back: of a film of three hours it was hundreds of megabytes.
 */
const TURN_MILLISECONDS = 50;

/** Packets of one stream, or of all, in decoding order, each freed when the next is asked for. */
export async function* packetsOf(media: Demuxer, stream?: Stream): AsyncGenerator<Packet> {
  let since = performance.now();
  // Synchronous reading: node-av's asynchronous packet loop spins.
  for (const packet of media.packetsSync(stream?.index)) {
    if (!packet) return;
    yield packet;
    packet.free();
    if (performance.now() - since < TURN_MILLISECONDS) continue;
    await nextTurn();
    since = performance.now();
  }
}
