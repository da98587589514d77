/**
 * A job of 100,000 rows: how long the preview takes and what memory the server has for it at most, how a late page of its
 * rows compares with the first, and, on PostgreSQL, what memory its results take. On PostgreSQL where `TEST_DATABASE_URL`
 * names it, and on the embedded database. `ROWS` and `CHARACTERS` (of a prompt) set the size.
 */
import { rm, stat } from 'node:fs/promises';
import { makeTestDatabase } from '../test/support/test-database.ts';
import { temporaryFolder } from '../test/support/temporary/folder.ts';
import { writeSheet } from './large-sheet.ts';
import { LiveServer } from './live-server.ts';
import { previewSheet, resultsOf } from './preview-job.ts';
import { comparePages } from './preview-pages.ts';

const ROWS = Number(process.env['ROWS'] ?? 100_000);
const CHARACTERS = (process.env['CHARACTERS'] ?? '120,440').split(',').map(Number);

const mebibytes = (kib: number) => `${Math.round(kib / 1_024)} MiB`;

/** Does it, and tells how long it took and the most memory that the server had meanwhile. */
async function watch<Result>(server: LiveServer, what: string, work: () => Promise<Result>): Promise<Result> {
  const before = server.memoryKib;
  server.forgetPeak();
  const began = performance.now();
  const result = await work();
  const seconds = (performance.now() - began) / 1_000;
  const [rate, peak] = [Math.round(ROWS / seconds), mebibytes(server.peakKib)];
  console.log(
    `  ${what}: ${seconds.toFixed(1)} s, ${rate} rows a second; ${mebibytes(before)} before, at most ${peak}`,
  );
  return result;
}

/** Bytes of what an address gives. */
async function download(url: string): Promise<number> {
  let bytes = 0;
  for await (const chunk of (await fetch(url)).body!) bytes += chunk.length;
  return bytes;
}

async function measure(
  database: { databaseUrl: string | null; dataDir: string },
  file: string,
): Promise<void> {
  const server = await LiveServer.vidpipe(database);
  try {
    const job = await watch(server, 'preview', () => previewSheet(server.url, file));
    if (job.totalRows !== ROWS || job.invalidRows > 0)
      throw new Error(`Not all rows: ${JSON.stringify(job)}`);
    await comparePages(server.url, job.id);
    if (database.databaseUrl === null) return;
    // No worker is there: no row starts.
    const results = await resultsOf(server.url, job);
    await watch(server, 'results', () => download(results));
    console.log(`  what is held then: ${mebibytes(await server.heldKib())} of the JavaScript heap`);
  } finally {
    server.stop();
  }
}

for (const characters of CHARACTERS) {
  const file = await writeSheet(ROWS, characters);
  const size = ((await stat(file)).size / 1e6).toFixed(0);
  const postgres = await makeTestDatabase();
  if (postgres.databaseUrl !== null) {
    console.log(`${ROWS} rows, ${size} MB, PostgreSQL`);
    await measure(postgres, file).finally(() => postgres.remove());
  }
  console.log(`${ROWS} rows, ${size} MB, embedded`);
  const dataDir = temporaryFolder('preview');
  await measure({ databaseUrl: null, dataDir }, file);
  await rm(dataDir, { recursive: true, force: true });
}
