/** Getting hold of a film from outside, wherever it comes from. */
import path from 'node:path';
import type { Ingest } from '../../../generated/prisma/client.ts';
import type { WorkCtx } from '../../runs/engine/step.ts';
import { download } from './download.ts';
import { copyFromServer } from './server-file.ts';
import { refused } from './sniff.ts';
import { placeOfUploads } from '../upload/place-of-uploads.ts';
import { fetchByYtDlp, findYtDlp } from './yt-dlp.ts';

export type Taking = {
  /** Where it is put; nobody else has it, and what an earlier try left is still there. */
  folder: string;
  signal: AbortSignal;
  onProgress: (share: number) => void;
};

/**
 * Puts the film in the folder.
 *
 * @returns where it is.
 * @throws {DomainError} `SOURCE_FAILED`, `INSUFFICIENT_DISK`.
 */
export async function takeSource(
  ctx: Pick<WorkCtx, 'db' | 'outbound' | 'ingest' | 'storage'>,
  { sourceUrl, serverName, uploadId }: Pick<Ingest, 'sourceUrl' | 'serverName' | 'uploadId'>,
  taking: Taking,
): Promise<string> {
  if (sourceUrl !== null) return takeFromWeb(ctx, new URL(sourceUrl), taking);
  const toFile = path.join(taking.folder, 'whole');
  if (uploadId !== null) {
    await placeOfUploads(ctx).take(uploadId, { ...taking, toFile });
    return toFile;
  }
  if (serverName === null) throw new Error('A film comes from nowhere.');
  await copyFromServer(serverName, ctx.ingest, { ...taking, toFile });
  return toFile;
}

async function takeFromWeb(
  { outbound, ingest: { mostBytes }, storage }: Pick<WorkCtx, 'outbound' | 'ingest' | 'storage'>,
  url: URL,
  taking: Taking,
): Promise<string> {
  const fetched = await download(outbound.films, url, {
    ...taking,
    mostBytes,
    freeBytes: () => storage.freeBytes(),
  });
  if (fetched !== 'PAGE') return fetched.file;
  const program = await findYtDlp();
  if (program === null)
    throw refused(
      'it is a page of the web, and yt-dlp, which finds films behind pages, is not installed on the server',
    );
  return fetchByYtDlp(program, outbound.films, url, { ...taking, mostBytes });
}
