/** What a client asks of a file it may have already (RFC 9110, sections 13 and 14). */
import type { IncomingHttpHeaders } from 'node:http';
import fresh from 'fresh';
import parseRange from 'range-parser';
import type { ByteRange, StoredFile } from '../../platform/storage/storage.ts';

export type Known = Pick<StoredFile, 'etag' | 'sizeBytes'> & {
  /** Null for what is known by its tag alone. */
  modifiedAt: Date | null;
};

/** Whether the client wants only a file that this is not: `If-Match`, `If-Unmodified-Since`. */
export function isPreconditionFailed(headers: IncomingHttpHeaders, { etag, modifiedAt }: Known): boolean {
  const match = headers['if-match'];
  if (match !== undefined) return match !== '*' && !match.split(/\s*,\s*/).includes(etag);
  const since = Date.parse(headers['if-unmodified-since'] ?? '');
  return modifiedAt !== null && inSeconds(modifiedAt) > since;
}

/** Whether the client has this very file: `If-None-Match`, `If-Modified-Since`. */
export const isUnchanged = (headers: IncomingHttpHeaders, { etag, modifiedAt }: Known): boolean =>
  fresh(headers, { etag, ...(modifiedAt && { 'last-modified': modifiedAt.toUTCString() }) });

/** The one range that is asked for; null for the whole file, also where several are asked for at once. */
export function rangeOf(headers: IncomingHttpHeaders, file: Known): ByteRange | 'UNSATISFIABLE' | null {
  if (headers.range === undefined || !isRangeOfThis(headers, file)) return null;
  const ranges = parseRange(file.sizeBytes, headers.range, { combine: true });
  if (ranges === -1) return 'UNSATISFIABLE';
  const [range, ...others] = ranges === -2 || ranges.type !== 'bytes' ? [] : ranges;
  return range && others.length === 0 ? range : null;
}

/** A client with a part of another file must not get the rest of this one: `If-Range`. */
function isRangeOfThis(headers: IncomingHttpHeaders, { etag, modifiedAt }: Known): boolean {
  const condition = headers['if-range'];
  if (typeof condition !== 'string') return condition === undefined;
  if (condition.includes('"')) return condition === etag;
  return modifiedAt !== null && inSeconds(modifiedAt) <= Date.parse(condition);
}

/** HTTP dates have no fractions of a second. Milliseconds since 1970. */
const inSeconds = (time: Date) => Math.trunc(time.getTime() / 1_000) * 1_000;
