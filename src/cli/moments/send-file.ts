import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Upload } from 'tus-js-client';
import { CliFailure, EXIT } from '../command/exit-codes.ts';
import { CreateUploadDocument } from '../generated/graphql.ts';
import { onInterrupt } from '../input/interrupt.ts';
import type { ProgressView } from '../progress/run-event.ts';
import type { ApiClient } from '../server/api-client.ts';
import { payloadOf } from '../server/refusals.ts';

/** Bytes of a request: a server takes five minutes for one at most, on a slow line, too. */
const PIECE_BYTES = 16 * 2 ** 20;
/** After a line was cut, in milliseconds. */
const RETRY_DELAYS = [0, 1_000, 3_000, 10_000];
/** Percents from one line that tells how far it is to the next. */
const TOLD_PERCENTS = 10;

/**
 * Sends a file to the server, in pieces: what was cut is gone on with.
 *
 * @returns the id of the upload.
 * @throws {CliFailure} naming `VIDEO`, if it is refused; `cancelled` at Ctrl-C.
 */
export async function sendFile(api: ApiClient, file: string, view: ProgressView): Promise<string> {
  const { size } = await stat(file);
  const input = { fileName: path.basename(file), sizeBytes: size };
  const { createUpload } = await api.request(CreateUploadDocument, { input });
  const { upload } = payloadOf(createUpload, 'CreateUploadPayload', {
    sizeBytes: 'VIDEO',
    fileName: 'VIDEO',
  });
  await send(api, { file, size, url: upload.url }, view);
  return upload.id;
}

type Sending = { file: string; size: number; url: string };

function send(api: ApiClient, { file, size, url }: Sending, view: ProgressView): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let told = 0;
  const sending = new Upload(createReadStream(file), {
    uploadUrl: url,
    uploadSize: size,
    chunkSize: PIECE_BYTES,
    retryDelays: RETRY_DELAYS,
    headers: { ...api.credentials },
    storeFingerprintForResuming: false,
    onProgress(sent) {
      const percent = Math.floor((100 * sent) / size / TOLD_PERCENTS) * TOLD_PERCENTS;
      if (percent > told) view.note(`Sending the file: ${percent} %`);
      told = Math.max(told, percent);
    },
    onSuccess: () => resolve(),
    onError: (error) =>
      reject(
        new CliFailure(EXIT.failed, `VIDEO: the file could not be sent: ${error.message}`, { cause: error }),
      ),
  });
  const stopListening = onInterrupt(() => {
    void sending.abort();
    reject(new CliFailure(EXIT.cancelled, 'Cancelled; nothing was brought in.'));
  });
  sending.start();
  return promise.finally(stopListening);
}
