/** Fetches what came of a job as a client does: its address from the graph, then the file. */
import { fromBufferPromise } from 'yauzl';
import { encodeGlobalId } from '../../../src/core/ids.ts';
import { bytesOf, cellsOf } from '../../sheets/support/read.ts';
import type { TestApi } from '../../support/test-api.ts';

export type Format = 'CSV' | 'XLSX' | 'JSONL';

export const bytesAt = async (url: string, headers: Record<string, string> = {}) =>
  Buffer.from(await (await fetch(url, { headers })).arrayBuffer());

/** For the jobs of one server. */
export function resultsFrom(api: TestApi) {
  const ask = (jobId: string, field: string, args = '') =>
    api.send<{ url: string }>(`{ url: ${field}(jobId: "${encodeGlobalId('Job', jobId)}" ${args}) }`);
  const addressOf = async (jobId: string, field: string, args = '') =>
    (await ask(jobId, field, args)).data?.url ?? '';
  const resultsOf = (jobId: string, format: Format = 'CSV', args = '') =>
    addressOf(jobId, 'jobResults', `format: ${format} ${args}`);
  /** Rows of results by the names of their columns. */
  const readResults = async (jobId: string, args = ''): Promise<Record<string, string>[]> => {
    const [columns = [], ...rows] = await cellsOf(await bytesAt(await resultsOf(jobId, 'CSV', args)));
    return rows.map((row) => Object.fromEntries(row.map((cell, index) => [columns[index] ?? '', cell])));
  };
  return { ask, addressOf, resultsOf, readResults };
}

/** The files of an archive, by their names. */
export async function unzippedBytes(archive: Buffer): Promise<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {};
  const zip = await fromBufferPromise(archive);
  for await (const entry of zip.eachEntry())
    files[entry.fileName] = await bytesOf(await zip.openReadStreamPromise(entry));
  return files;
}

/** The same of texts. */
export async function unzipped(archive: Buffer): Promise<Record<string, string>> {
  const files = Object.entries(await unzippedBytes(archive));
  return Object.fromEntries(files.map(([name, bytes]) => [name, bytes.toString()]));
}
