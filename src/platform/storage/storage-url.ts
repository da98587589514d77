import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where files are kept, as `VIDPIPE_STORAGE_URL` tells it. */
export type StorageAddress = { kind: 'LOCAL'; directory: string } | S3Address | GcsAddress;

/** A bucket and the folder in it; `''` is all of it. */
type Bucket = { bucket: string; prefix: string };

export type GcsAddress = Bucket & { kind: 'GCS' };

export type S3Address = Bucket & {
  kind: 'S3';
  /** Undefined leaves it to the AWS environment. */
  region: string | undefined;
  /** Of an S3-compatible server; undefined is Amazon's. */
  endpoint: string | undefined;
  /** Whether the bucket's name stands in the path instead of the host name. */
  forcePathStyle: boolean;
};

const S3_OPTIONS = ['region', 'endpoint', 'forcePathStyle'];
const TRUTH = new Map([
  [null, undefined],
  ['true', true],
  ['false', false],
]);

/**
 * Reads a storage address; null if it is none.
 *
 * One with a user name, a password or an option that it does not know is none: whatever is accepted holds no
 * credentials and may be shown.
 */
export function parseStorageUrl(text: string): StorageAddress | null {
  const url = URL.parse(text);
  if (!url || url.username || url.password || url.hash || url.port) return null;
  if (url.protocol === 'file:') return text.startsWith('file:///') ? parseFile(url) : null;
  const bucket = parseBucket(url);
  if (!bucket) return null;
  if (url.protocol === 'gs:') return url.search === '' ? { kind: 'GCS', ...bucket } : null;
  return url.protocol === 's3:' ? parseS3(bucket, url.searchParams) : null;
}

/** The folder that files are kept in, `VIDPIPE_STORAGE_URL` and the data directory being these; null if it is a bucket. */
export function filesDirectory({ storageUrl, dataDir }: { storageUrl: string | null; dataDir: string }) {
  if (storageUrl === null) return path.join(dataDir, 'files');
  const address = parseStorageUrl(storageUrl);
  return address?.kind === 'LOCAL' ? address.directory : null;
}

function parseFile(url: URL): StorageAddress | null {
  if (url.search !== '' || url.pathname === '/') return null;
  try {
    return { kind: 'LOCAL', directory: path.resolve(fileURLToPath(url)) };
  } catch {
    return null;
  }
}

const BUCKET = /^[a-z\d][a-z\d._-]{1,61}[a-z\d]$/;
const PREFIX = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/;

function parseBucket({ hostname: bucket, pathname }: URL): Bucket | null {
  const prefix = pathname.replaceAll(/^\/|\/$/g, '');
  return BUCKET.test(bucket) && (prefix === '' || PREFIX.test(prefix)) ? { bucket, prefix } : null;
}

function parseS3(bucket: Bucket, options: URLSearchParams): S3Address | null {
  if ([...options.keys()].some((name) => !S3_OPTIONS.includes(name))) return null;
  const endpoint = options.get('endpoint') ?? undefined;
  const pathStyle = options.get('forcePathStyle');
  if (!TRUTH.has(pathStyle) || (endpoint !== undefined && !isEndpoint(endpoint))) return null;
  // Few S3-compatible servers have a host name for each bucket.
  const forcePathStyle = TRUTH.get(pathStyle) ?? endpoint !== undefined;
  return { kind: 'S3', ...bucket, region: options.get('region') ?? undefined, endpoint, forcePathStyle };
}

function isEndpoint(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.password && url.search === ''
  );
}
