/** Results of the longest sheet there may be: how much memory and time they take, and for whom they are made. */
import { get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { bytesOf } from '../sheets/support/read.ts';
import { useS3Server } from '../support/s3-server.ts';
import { useTestApi } from '../support/test-api.ts';
import { fromBufferPromise } from 'yauzl';
import { seedJob } from './support/seed-job.ts';

/** Of a sheet as large as any: `ROWS=100000`. */
const ROWS = Number(process.env['ROWS'] ?? 50_000);
const PAGES = ROWS / 500;

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;
const mb = (bytes: number) => (bytes / 1e6).toFixed(0);

/** What nothing could free. */
function liveMb(): number {
  gc();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

describe(`of ${ROWS} rows`, () => {
  const api = useTestApi();
  let address: string;
  beforeAll(async () => {
    const jobId = await seedJob(api.ctx, { columns: ['title', 'text'], rows: [] });
    await api.db.$executeRaw`
      INSERT INTO job_rows (id, job_id, row_number, row_checksum, cells, input, status, completed_at, cost_micro_usd)
      SELECT gen_random_uuid(), ${jobId}::uuid, n, md5(n::text), ARRAY['Otters ' || n, repeat(md5(n::text), 8)],
        '{}', 'COMPLETED', now(), n FROM generate_series(2, ${ROWS + 1}::int) n`;
    address = `${api.api.url}/jobs/${encodeGlobalId('Job', jobId)}`;
  }, 120_000);

  test.each(['csv', 'jsonl', 'xlsx'])('%s comes at constant memory', { timeout: 120_000 }, async (format) => {
    const live: number[] = [];
    let [size, chunks, peak, told] = [0, 0, process.memoryUsage.rss(), ''];
    const before = peak;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
    const from = performance.now();
    const response = await fetch(`${address}/results.${format}`);
    for await (const chunk of response.body!) {
      size += chunk.length;
      chunks += 1;
      if (chunks % 5 === 0) live.push(liveMb());
    }
    clearInterval(watch);
    told = `${format}: ${ROWS} rows, ${mb(size)} MB in ${((performance.now() - from) / 1_000).toFixed(1)} s`;
    const grown = Math.max(...live) - Math.min(...live);
    console.log(
      `${told}; RSS ${mb(before)} MB before, ${mb(peak)} MB at most; what is in use varied by ${grown.toFixed(0)} MB`,
    );
    expect(size).toBeGreaterThan(ROWS * 20);
    expect(live.length).toBeGreaterThan(3);
    // The names of its films are kept, so that none comes twice.
    expect(grown).toBeLessThan(30);
    expect(peak - before).toBeLessThan(250_000_000);
  });

  test('a client that reads slowly is read for slowly, and for one that leaves nothing more is read', async () => {
    const reads = vi.spyOn(api.db, '$queryRaw');
    const request = get(`${address}/results.csv`);
    const response = await new Promise<NodeJS.ReadableStream>((resolve) => request.once('response', resolve));
    response.once('data', () => response.pause());
    await wait(2_000);
    const read = reads.mock.calls.length;
    expect(read).toBeLessThan(PAGES / 3);
    request.destroy();
    await wait(500);
    const after = reads.mock.calls.length;
    await wait(1_000);
    expect(reads.mock.calls.length).toBe(after);
    expect(after).toBeLessThanOrEqual(read + 1);
    reads.mockRestore();
  });
});

describe('of films in an S3-compatible server', () => {
  const server = useS3Server();
  const api = useTestApi(() => ({ storageUrl: server.urlOf('films') }));

  test('an archive goes on from where it broke off', async () => {
    const rows = ['One', 'Two'].map((title) => ({ cells: [title], film: Buffer.alloc(1_000_000, title) }));
    const jobId = await seedJob(api.ctx, { columns: ['title'], rows });
    const address = `${api.api.url}/jobs/${encodeGlobalId('Job', jobId)}/films.zip`;
    const whole = await fetch(address);
    const headers = { range: 'bytes=700000-', 'if-range': whole.headers.get('etag') ?? '' };
    const begun = Buffer.from(await whole.arrayBuffer());
    const rest = await fetch(address, { headers });
    expect(rest.status).toBe(206);
    const joined = Buffer.concat([begun.subarray(0, 700_000), Buffer.from(await rest.arrayBuffer())]);
    const zip = await fromBufferPromise(joined);
    const names: string[] = [];
    for await (const entry of zip.eachEntry()) {
      names.push(entry.fileName);
      const title = entry.fileName.slice(2, 5);
      const content = await bytesOf(await zip.openReadStreamPromise(entry));
      expect(content.equals(Buffer.alloc(1_000_000, title))).toBe(true);
    }
    expect(names).toEqual(['2 One.mp4', '3 Two.mp4']);
  });
});
