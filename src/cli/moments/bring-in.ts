/** What a person calls a video: one of the library, an address, or a file of this machine. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { CliFailure, EXIT } from '../command/exit-codes.ts';
import { IngestVideoDocument, type IngestVideoInput } from '../generated/graphql.ts';
import { openView } from '../progress/open-view.ts';
import type { ProgressView } from '../progress/run-event.ts';
import type { ApiClient } from '../server/api-client.ts';
import type { Connection } from '../server/connect.ts';
import { payloadOf } from '../server/refusals.ts';
import { ingestOutcome } from '../watching/ingest-run.ts';
import { runToEnd } from '../watching/run-to-end.ts';
import { sendFile } from './send-file.ts';

/** The id of a video that is in the library, or what is to be brought in first. */
export type VideoWish =
  | { videoId: string }
  | { url: string; title: string }
  /** Absolute path. */
  | { file: string; title: string };

/** Ids begin so; a file that does is written `./video_…`. */
const ID = /^video_/;
const ADDRESS = /^https?:\/\//i;

/**
 * Reads what a person wrote.
 *
 * @throws {CliFailure} naming `VIDEO`.
 */
export function wishFor(video: string): VideoWish {
  if (ID.test(video)) return { videoId: video };
  if (ADDRESS.test(video)) return { url: video, title: titleOfAddress(video) };
  const file = path.resolve(video);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new CliFailure(
      EXIT.badInput,
      `VIDEO: there is no file ${video}; name one, an address, or the id of a video.`,
    );
  return { file, title: titleOf(file) };
}

const titleOf = (place: string): string => path.parse(place).name || 'Video';

/** What is no address is left to the server to refuse. */
function titleOfAddress(address: string): string {
  const place = URL.canParse(address) ? new URL(address).pathname : address;
  try {
    return titleOf(decodeURIComponent(place));
  } catch {
    return titleOf(place);
  }
}

/**
 * Brings a video in, if it is not in the library, and waits for it; a file is sent to the server first, wherever that is.
 *
 * @returns its id.
 * @throws {CliFailure} if it is refused or cannot be had.
 */
export async function bringIn(connection: Connection, wish: VideoWish, json?: boolean): Promise<string> {
  if ('videoId' in wish) return wish.videoId;
  const { api } = connection;
  const view = openView(json);
  return runToEnd(api, {
    view,
    atInterrupt: 'cancel',
    launch: async () => {
      const input = await ingestOf(api, wish, view);
      const { ingestVideo } = await api.request(IngestVideoDocument, { input });
      const { run } = payloadOf(ingestVideo, 'IngestVideoPayload', { uploadId: 'VIDEO', url: 'VIDEO' });
      await connection.work();
      return { runId: run.id };
    },
    outcome: async (runId) => (await ingestOutcome(api, runId)).ingested.id,
  });
}

async function ingestOf(
  api: ApiClient,
  wish: Exclude<VideoWish, { videoId: string }>,
  view: ProgressView,
): Promise<IngestVideoInput> {
  const { title } = wish;
  return 'url' in wish ? { url: wish.url, title } : { uploadId: await sendFile(api, wish.file, view), title };
}
