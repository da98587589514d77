/** A job that is watched by processes of their own: what is left, lost and gone on with. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDataDir } from '../support/embedded-template.ts';
import { newDataDir, runVidpipe, serveVidpipe, startVidpipe } from '../support/vidpipe-process.ts';

const TIME = { timeout: 120_000 };

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
  await run.saw(/ at work/);
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

test('paused by another command, it ends the one that watches with 5', TIME, async () => {
  const run = startVidpipe(['batch', 'run', sheet(2), '--concurrency', '1'], server.env);
  await run.saw(/ at work/);
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
