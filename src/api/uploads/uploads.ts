import type { IncomingMessage, ServerResponse } from 'node:http';
import { DomainError } from '../../core/errors.ts';
import { isRefusedByDisk } from '../../platform/storage/refusals.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import type { Refusals } from '../admission/refusals.ts';
import { refuse } from '../admission/respond.ts';
import { type Form, FormFault, readForm } from './read-form.ts';

export type UploadLimits = {
  /** Bytes of files that are on the disk at the same time; 1 GB unless given. */
  maxUploadBytes?: number;
};

/** Ours: sixteen of the largest sheets. */
const MAX_UPLOAD_BYTES = 1_000_000_000;
/** A small one counts as this, so that there are never more than a thousand. */
const LEAST_BYTES = 1_000_000;

/** Seconds; ours: a large sheet is read in twice that. */
const RETRY_AFTER_SECONDS = 10;

const DISK_FULL = 'The disk of the server takes nothing more now, and this was not done; free some space.';

/** A form as it was read, or why it was not. */
export type Upload = Form | FormFault;

type Options = UploadLimits & { storage: Pick<Storage, 'withTemporary'>; refusals: Refusals };

/**
 * Files that come with requests. They lie in this process's folder for temporary files, which is removed with what a
 * process left that was killed, and only while their request is answered, whatever becomes of it.
 */
export class Uploads {
  readonly #options: Options;
  #bytes = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Reads the form of a request and has it answered; without room for it, refuses it before a byte of it is read. */
  async take(
    request: IncomingMessage,
    response: ServerResponse,
    answer: (upload: Upload) => Promise<void>,
  ): Promise<void> {
    const { storage, refusals, maxUploadBytes = MAX_UPLOAD_BYTES } = this.#options;
    const bytes = Math.max(Number(request.headers['content-length']), LEAST_BYTES);
    if (this.#bytes + bytes > maxUploadBytes) {
      refusals.count('uploads');
      return refuseForNow(response);
    }
    this.#bytes += bytes;
    try {
      await storage.withTemporary('upload', async (file) => answer(await read(request, file)));
    } catch (error) {
      if (response.headersSent) throw error;
      if (isRefusedByDisk(error)) return refuse(response, 507, DISK_FULL, 'INSUFFICIENT_DISK');
      if (!(error instanceof DomainError)) throw error;
      refuse(response, 503, error.message, error.code);
    } finally {
      this.#bytes -= bytes;
    }
  }
}

const read = (request: IncomingMessage, file: string): Promise<Upload> =>
  readForm(request, file).catch((error: unknown) => {
    if (error instanceof FormFault) return error;
    throw error;
  });

function refuseForNow(response: ServerResponse): void {
  // What is on its way is not read.
  response.setHeader('Connection', 'close');
  response.setHeader('Retry-After', RETRY_AFTER_SECONDS);
  const message = `The server has its hands full of files, and this was not done; try again in ${RETRY_AFTER_SECONDS} s.`;
  refuse(response, 503, message, 'OVERLOADED');
}
