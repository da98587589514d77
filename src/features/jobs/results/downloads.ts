/** What can be fetched of a job, and its address. */
import { decodeGlobalId, encodeGlobalId } from '../../../core/ids.ts';

export const RESULT_FORMATS = ['CSV', 'XLSX', 'JSONL'] as const;
/** A format of results. */
export type ResultFormat = (typeof RESULT_FORMATS)[number];

const FILES = {
  'results.csv': 'CSV',
  'results.xlsx': 'XLSX',
  'results.jsonl': 'JSONL',
  'films.zip': null,
} as const satisfies Record<string, ResultFormat | null>;

export type Download = {
  jobId: string;
  /** Null for the archive of its films. */
  format: ResultFormat | null;
  /** Template of its films' names; null for the usual one. */
  names: string | null;
};

export const JOBS_PREFIX = '/jobs/';

/** Path of its address, without what is asked of it. */
export function pathOf({ jobId, format }: Download): string {
  const [file] = Object.entries(FILES).find(([, one]) => one === format)!;
  return `${JOBS_PREFIX}${encodeGlobalId('Job', jobId)}/${file}`;
}

/**
 * What is signed of an address: the names, too, for whoever may have films must not read other columns by them. Never the
 * key of a file, for none begins with a slash.
 */
export const signedTextOf = (download: Download): string =>
  `${pathOf(download)}?${JSON.stringify(download.names)}`;

/**
 * Absolute address of a download.
 *
 * @param signatureOf what opens what is signed without a key, as in `?expires=…`; `''` where none is asked for.
 */
export function addressOf(
  origin: string,
  given: Download,
  signatureOf: (signedText: string) => string,
): string {
  // A lone half of a character has no place in an address.
  const download = { ...given, names: given.names?.toWellFormed() ?? null };
  const signature = signatureOf(signedTextOf(download)).replace(/^\?/, '');
  const names = download.names === null ? '' : `names=${encodeURIComponent(download.names)}`;
  const query = [names, signature].filter((part) => part !== '').join('&');
  return `${origin}${pathOf(download)}${query === '' ? '' : `?${query}`}`;
}

/** The download that an address is of; null if it is of none. */
export function downloadAt(pathname: string, query: URLSearchParams): Download | null {
  const [globalId = '', file = '', ...more] = pathname.slice(JOBS_PREFIX.length).split('/');
  const id = decodeGlobalId(globalId);
  if (id?.type !== 'Job' || !Object.hasOwn(FILES, file) || more.length > 0) return null;
  return { jobId: id.id, format: FILES[file as keyof typeof FILES], names: query.get('names') };
}
