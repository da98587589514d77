/** A job that is watched by processes of their own: what is left, lost and gone on with. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unzippedBytes } from '../api/support/fetch-results.ts';
import { makeDataDir } from '../support/embedded-template.ts';
import { newDataDir, runVidpipe, serveVidpipe, startVidpipe } from '../support/vidpipe-process.ts';

const TIME = { timeout: 240_000 };

let server: Awaited<ReturnType<typeof serveVidpipe>>;
beforeAll(async () => {
  server = await serveVidpipe();
});
afterAll(() => server.stop());

/** Short films; rows of no two sheets are the same. */
function sheet(rows: number): string {
  const file = path.join(newDataDir(), 'films.csv');
  const lines = Array.from({ length: rows }, (_row, index) => `Cat ${index} of ${file}.,1,1`);
  writeFileSync(file, ['Text,Seconds,Clip', ...lines].join('\n'));
  return file;
}

const ID = /job_[0-9a-f-]{36}/;

test('Ctrl-C leaves a job to its server, and another command watches it to its end', TIME, async () => {
  const run = startVidpipe(['batch', 'run', sheet(2), '--concurrency', '1'], server.env);
  await run.saw(/ 0 % · 0 of 2 rows done/);
  run.child.kill('SIGINT');
  const { code, stdout, stderr } = await run.ended;
  const [id = ''] = ID.exec(stderr) ?? [];
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  expect(stderr).toContain(`No longer followed; the job goes on. Again: vidpipe batch follow ${id}\n`);
  const followed = await runVidpipe(['batch', 'follow', id], server.env);
  expect(followed).toMatchObject({ code: 0, stdout: expect.stringMatching(/\n {2}done +2\n/) as string });
});

test('whose command had a server of its own, it stands still and goes on with the next', TIME, async () => {
  const env = { VIDPIPE_DATA_DIR: await makeDataDir(), PORT: '0' };
  const run = startVidpipe(['batch', 'run', sheet(2), '--concurrency', '1', '--json'], env);
  await run.saw(/"status":"PROCESSING"/);
  run.child.kill('SIGINT');
  const { code, stderr } = await run.ended;
  expect({ code, stderr }).toEqual({
    code: 130,
    stderr: expect.stringContaining(
      'its server ends with this command, and the job goes on once another is',
    ) as string,
  });
  const [id = ''] = ID.exec(stderr) ?? [];
  expect((await runVidpipe(['batch', 'status', id], env)).stdout).toMatch(/RUNNING\n/);
  expect(await runVidpipe(['batch', 'follow', id], env)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/\n {2}done +2\n/) as string,
  });
});

test('started by a command with a server of its own, it is finished before that ends', TIME, async () => {
  const env = { VIDPIPE_DATA_DIR: await makeDataDir(), PORT: '0' };
  const previewed = await runVidpipe(['batch', 'preview', sheet(2)], env);
  const [id = ''] = ID.exec(previewed.stdout) ?? [];
  const started = await runVidpipe(['batch', 'start', id, '--yes'], env);
  expect(started).toMatchObject({ code: 0, stdout: `${id} is RUNNING\n` });
  expect(started.stderr).toContain('It is worked on here until it has ended; Ctrl-C leaves it.');
  expect((await runVidpipe(['batch', 'status', id], env)).stdout).toMatch(/COMPLETED\n/);
});

test('waited for by the command that started it, Ctrl-C leaves it to the next server', TIME, async () => {
  const env = { VIDPIPE_DATA_DIR: await makeDataDir(), PORT: '0' };
  const previewed = await runVidpipe(['batch', 'preview', sheet(3)], env);
  const [id = ''] = ID.exec(previewed.stdout) ?? [];
  const start = startVidpipe(['batch', 'start', id, '--yes'], env);
  await start.saw(/^Waiting for what is made here/m);
  start.child.kill('SIGINT');
  expect(await start.ended).toMatchObject({
    code: 130,
    stderr: expect.stringContaining('No longer waited for; what is finished stays') as string,
  });
  expect((await runVidpipe(['batch', 'status', id], env)).stdout).toMatch(/RUNNING\n/);
});

test('its films come as an archive, whole, each called as the template says', TIME, async () => {
  const ran = await runVidpipe(['batch', 'run', sheet(2)], server.env);
  const [id = ''] = ID.exec(ran.stdout) ?? [];
  const out = path.join(newDataDir(), 'films.zip');
  const fetching = ['batch', 'results', id, '-o', out, '--names', 'cat {rowNumber}.mp4'];
  expect(await runVidpipe(fetching, server.env)).toEqual({ code: 0, stdout: `${out}\n`, stderr: '' });
  const films = await unzippedBytes(readFileSync(out));
  expect(Object.keys(films)).toEqual(['cat 2.mp4', 'cat 3.mp4']);
  for (const film of Object.values(films)) expect(film.subarray(4, 8).toString()).toBe('ftyp');
  expect(await runVidpipe(fetching, server.env)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^--out: .* exists/) as string,
  });
});

test('paused by another command, it ends the one that watches with 5', TIME, async () => {
  const run = startVidpipe(['batch', 'run', sheet(2), '--concurrency', '1'], server.env);
  await run.saw(/ 0 % · 0 of 2 rows done/);
  const [id] = await run.saw(ID);
  expect(await runVidpipe(['batch', 'pause', id, '--now'], server.env)).toMatchObject({
    code: 0,
    stdout: `${id} is PAUSED\n`,
  });
  expect(await run.ended).toMatchObject({
    code: 5,
    stderr: expect.stringContaining(`Go on: vidpipe batch resume ${id}\n`) as string,
  });
  expect((await runVidpipe(['batch', 'resume', id], server.env)).stdout).toBe(`${id} is RUNNING\n`);
  expect((await runVidpipe(['batch', 'follow', id], server.env)).code).toBe(0);
});
