import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { DomainError, type ErrorCode } from '../../core/errors.ts';
import type { Admission } from '../../features/api-keys/key-ring.ts';
import type { MediaSigner } from '../../features/assets/media-signer.ts';
import { downloadAt, type Download, signedTextOf } from '../../features/jobs/results/downloads.ts';
import { planFilms } from '../../features/jobs/results/films-zip.ts';
import { findDownload } from '../../features/jobs/results/find-download.ts';
import { writeResults } from '../../features/jobs/results/write-results.ts';
import type { Job } from '../../generated/prisma/client.ts';
import { mediaUrl } from '../../graphql/media-url.ts';
import type { Ctx } from '../../platform/context.ts';
import { isForWantOfStorage } from '../../platform/storage/storage-away.ts';
import { zipNames } from '../../sheets/zip/zip-names.ts';
import type { Access } from '../admission/access.ts';
import { refuse } from '../admission/respond.ts';
import { attachment } from './content-disposition.ts';
import type { Target } from './media-route.ts';
import { sendTo, serveBytes } from './serve-bytes.ts';

const TYPES = {
  CSV: 'text/csv; charset=utf-8; header=present',
  XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  JSONL: 'application/jsonl; charset=utf-8',
};

const STATUS: Partial<Record<ErrorCode, number>> = { NOT_FOUND: 404, JOB_STATE: 409, INVALID_INPUT: 400 };

type Options = {
  ctx: Pick<Ctx, 'db' | 'storage'>;
  signer: MediaSigner;
  /** Whose jobs open without a signed address, while no key is asked for. */
  admission: Pick<Admission, 'anybody'>;
  access: Pick<Access, 'originOf'>;
  /** Whether pages from elsewhere use the server: those show files by signed addresses alone. */
  hasGuests: boolean;
};

/**
 * Serves a job's results and its films: by an address that the graph gave and that was signed for just this, or to
 * anybody where no key is asked for. An address that has expired is 403, a job that never ran 409, one whose storage is
 * away 503, anything else 404. What is sent is made while it is taken, and ends when the client leaves.
 */
export function jobRoute({ ctx, signer, admission, access, hasGuests }: Options) {
  return async (request: IncomingMessage, response: ServerResponse, target: Target): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return refuse(response, 405, 'Results can only be read.');
    }
    const download = downloadAt(target.pathname, target.query);
    if (!download) return refuse(response, 404, 'No such job.');
    const worth = signer.judge(signedTextOf(download), target.query);
    const { anybody } = admission;
    if (worth === 'EXPIRED' && !anybody)
      return refuse(response, 403, 'The address has expired; ask the graph for it again.');
    if (worth !== 'VALID' && !anybody) return refuse(response, 404, 'No such job.');
    try {
      const job = await findDownload(ctx.db, worth === 'VALID' ? null : anybody, download);
      response.setHeader('Cross-Origin-Resource-Policy', worth === 'VALID' ? 'cross-origin' : 'same-origin');
      response.setHeader('Cache-Control', 'private, no-store');
      response.setHeader('Content-Disposition', attachment(fileNameOf(job, download)));
      const mediaQuery = anybody && !hasGuests ? () => '' : signer.query;
      const origin = access.originOf(request.headers);
      await serve(job, download, { origin, mediaQuery });
    } catch (error) {
      refuseAs(response, error);
    }

    function serve(job: Job, { format, names }: Download, media: Parameters<typeof mediaUrl>[0]) {
      if (format === null) return sendFilms(ctx, { job, names }, request, response);
      const addressOf = (key: string) => mediaUrl(media, key);
      response.setHeader('Content-Type', TYPES[format]);
      if (request.method === 'HEAD') return void response.end();
      const chunks = writeResults(ctx.db, job, { format, names, addressOf });
      return sendTo(response, Readable.from(chunks, { objectMode: false }));
    }
  };
}

type Films = { job: Job; names: Download['names'] };

async function sendFilms(
  ctx: Options['ctx'],
  { job, names }: Films,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const plan = await planFilms(ctx, job, names, gone.signal).catch((error: unknown) => {
    if (!gone.signal.aborted) throw error;
  });
  if (!plan) return;
  const read = async ({ start, end } = { start: 0, end: plan.size - 1 }) =>
    Readable.from(plan.read(start, end + 1), { objectMode: false });
  // No date tells a part of it: another film in it may be an older one.
  const known = { etag: `"${plan.digest}"`, modifiedAt: null, sizeBytes: plan.size };
  await serveBytes({ ...known, contentType: 'application/zip', read }, request, response);
}

/** What the sheet was called, and what this is of it. */
function fileNameOf({ name }: Job, { format }: Download): string {
  const base = name.replace(/\.(csv|tsv|txt|xlsx|xlsm|jsonl|ndjson|json)$/i, '');
  const [what, ending] = format === null ? ['films', '.zip'] : ['results', `.${format.toLowerCase()}`];
  return zipNames([`${base} ${what}`], { ending, otherwise: what })[0]!;
}

function refuseAs(response: ServerResponse, error: unknown): void {
  const status = error instanceof DomainError ? STATUS[error.code] : undefined;
  const isAway = isForWantOfStorage(error);
  if (response.headersSent || (status === undefined && !isAway)) throw error;
  for (const name of ['Content-Disposition', 'Content-Type', 'Accept-Ranges', 'ETag'])
    response.removeHeader(name);
  if (isAway) return refuse(response, 503, 'The storage is away; come back later.');
  const { message, code } = error as DomainError;
  refuse(response, status!, message, code);
}
