/** What a person calls a video: one of the library, an address, or a file of this machine. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { CliFailure, EXIT } from '../command/exit-codes.ts';
import { IngestOutcomeDocument, IngestVideoDocument, type IngestVideoInput } from '../generated/graphql.ts';
import type { ProgressView } from '../progress/run-event.ts';
import type { Connection } from '../server/connect.ts';
import { payloadOf } from '../server/refusals.ts';
import { exitCodeOf } from '../watching/ended.ts';
import { runToEnd } from '../watching/run-to-end.ts';

/** The id of a video that is in the library, or what is to be brought in first. */
export type VideoWish = { videoId: string } | { ingest: IngestVideoInput };

/** Ids begin so; a file that does is written `./video_…`. */
const ID = /^video_/;
const ADDRESS = /^https?:\/\//i;

/**
 * Reads what a person wrote. A file is taken from its own folder, which a server that this command starts is let into.
 *
 * @throws {CliFailure} naming `VIDEO`.
 */
export function wishFor(video: string): VideoWish {
  if (ID.test(video)) return { videoId: video };
  if (ADDRESS.test(video)) return { ingest: { url: video, title: titleOf(new URL(video).pathname) } };
  const file = path.resolve(video);
  if (!existsSync(file))
    throw new CliFailure(
      EXIT.badInput,
      `VIDEO: there is no file ${video}; name one, an address, or the id of a video.`,
    );
  process.env['VIDPIPE_INGEST_PATH'] ??= path.dirname(file);
  const within = path.relative(process.env['VIDPIPE_INGEST_PATH'], file);
  return { ingest: { path: within, title: titleOf(file) } };
}

const titleOf = (place: string): string => path.parse(decodeURIComponent(place)).name || 'Video';

/**
 * Brings a video in, if it is not in the library, and waits for it.
 *
 * @returns its id.
 * @throws {CliFailure} if it is refused or cannot be had.
 */
export async function bringIn(connection: Connection, wish: VideoWish, view: ProgressView): Promise<string> {
  if ('videoId' in wish) return wish.videoId;
  const { api } = connection;
  return runToEnd(api, {
    view,
    atInterrupt: 'cancel',
    launch: async () => {
      const { ingestVideo } = await api.request(IngestVideoDocument, { input: wish.ingest });
      const { run } = payloadOf(ingestVideo, 'IngestVideoPayload', { path: 'VIDEO', url: 'VIDEO' });
      await connection.work();
      return { runId: run.id };
    },
    outcome: async (runId) => {
      const { pipelineRun: run } = await api.request(IngestOutcomeDocument, { id: runId });
      if (!run) throw new CliFailure(EXIT.failed, `${runId} is gone.`);
      exitCodeOf(run, 'the library');
      const video = 'video' in run.subject ? run.subject.video : null;
      if (!video) throw new CliFailure(EXIT.failed, 'The video was deleted meanwhile.');
      return video.id;
    },
  });
}
