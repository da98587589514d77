import { resolve } from 'node:path';
import { Muxer } from 'node-av/api';
import { FFmpegError, type Packet } from 'node-av/lib';
import { DomainError } from '../../core/errors.ts';

/**
 * Opens an MP4 with `timescale` picture ticks a second for writing, its index in front so that a
 * browser plays while it loads. Finish it with `finishFilmFile`, not with `close`.
 */
export const openFilmFile = (path: string, timescale: number): Promise<Muxer> =>
  Muxer.open(asAddress(path), {
    format: 'mp4',
    // node-av's own queues report a full disk late or never, and we write in turn.
    useAsyncWrite: false,
    useSyncQueue: false,
    options: { movflags: '+faststart', video_track_timescale: timescale },
  });

/**
 * node-av makes the folders that lead to a path, but not to an address. One that is not there has gone meanwhile, as when its
 * disk is unmounted, and must not come back empty. FFmpeg reads what follows the scheme as it stands.
 */
const asAddress = (path: string): string => `file://${resolve(path)}`;

/** Writes packets to one stream and frees them. */
export async function writePackets(
  muxer: Muxer,
  stream: number,
  packets: AsyncIterable<Packet>,
): Promise<void> {
  for await (const packet of packets) {
    muxer.writePacketSync(packet, stream);
    packet.free();
  }
}

/** node-av's destructor of a muxer frees what its encoders freed before. Finished ones are small; they stay to the process's end. */
const finished: Muxer[] = [];

/**
 * Writes the index and closes the file. `Muxer.close` does the same and ignores every failure of it,
 * a full disk too.
 *
 * @throws {DomainError} MEDIA_FAILED, when nothing was written.
 * @throws {FFmpegError} when the end cannot be written.
 */
export async function finishFilmFile(muxer: Muxer): Promise<void> {
  if (!muxer.streamsInitialized) throw new DomainError('MEDIA_FAILED', 'There is not a frame to write.');
  finished.push(muxer);
  const format = muxer.getFormatContext();
  const io = format.pb;
  FFmpegError.throwIfError(await format.writeTrailer(), 'Failed to write the index');
  if (!io) return;
  await io.flush();
  FFmpegError.throwIfError(io.error, 'Failed to write the end of the file');
  format.pb = null;
  FFmpegError.throwIfError(await io.closep(), 'Failed to close the file');
}
