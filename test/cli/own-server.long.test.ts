/** A command that has a server of its own, where jobs of before were left: what it does for those, and when. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDataDir } from '../support/embedded-template.ts';
import { type PaidProviderProcess, startPaidProvider } from '../support/paid-provider/start.ts';
import { newDataDir, runVidpipe, startVidpipe } from '../support/vidpipe-process.ts';

/** Each command starts a server, and may share the machine. */
const TIME = { timeout: 400_000 };
const ID = /job_[0-9a-f-]{36}/;

let paid: PaidProviderProcess;
beforeAll(async () => {
  paid = await startPaidProvider();
});
afterAll(() => paid.stop());

/** Films of a second; rows of no two sheets are the same. */
function sheet(rows: number): string {
  const file = path.join(newDataDir(), 'films.csv');
  const lines = Array.from({ length: rows }, (_row, index) => `Cat ${index} of ${file}.,1,1`);
  writeFileSync(file, ['Text,Seconds,Clip', ...lines].join('\n'));
  return file;
}

type Env = Record<string, string>;

const newInstallation = async (): Promise<Env> => ({
  VIDPIPE_DATA_DIR: await makeDataDir(),
  PORT: '0',
  PAID_PROVIDER_URL: paid.url,
  PAID_PROVIDER_OPTIONS: JSON.stringify({ pollSeconds: 0.1 }),
});

/** Starts a job and leaves it at work, with no server. */
async function leaveJob(env: Env, rows: number): Promise<string> {
  const run = startVidpipe(['batch', 'run', sheet(rows), '--concurrency', '1', '--yes', '--json'], env);
  await run.saw(/"status":"PROCESSING"/);
  run.child.kill('SIGINT');
  const { code, stderr } = await run.ended;
  expect(code).toBe(130);
  return ID.exec(stderr)?.[0] ?? '';
}

const previewed = async (env: Env) =>
  ID.exec((await runVidpipe(['batch', 'preview', sheet(1)], env)).stdout)?.[0] ?? '';

const statusOf = async (env: Env, id: string) =>
  (JSON.parse((await runVidpipe(['batch', 'status', id, '--json'], env)).stdout) as { status: string })
    .status;

test(
  'nothing of another job is bought before a person has agreed, and nobody who does not waits for it',
  TIME,
  async () => {
    await paid.settings({ operationMs: 100 });
    const env = await newInstallation();
    const left = await leaveJob(env, 2);
    const next = await previewed(env);
    const bought = await paid.ledger();
    for (const args of [
      ['batch', 'start', next],
      ['generate', 'A fox wakes.'],
    ]) {
      const { code, stderr } = await runVidpipe(args, env);
      expect({ args, code, stderr }).toEqual({
        args,
        code: 2,
        stderr: expect.stringMatching(/costs? money: add --yes/) as string,
      });
      expect(stderr).not.toContain('Waiting for');
    }
    expect(await paid.ledger()).toEqual(bought);
    expect(await statusOf(env, left)).toBe('RUNNING');
    expect(await runVidpipe(['batch', 'start', next, '--yes'], env)).toMatchObject({ code: 0 });
    expect([await statusOf(env, left), await statusOf(env, next)]).toEqual(['COMPLETED', 'COMPLETED']);
  },
);

test('what went wrong is told, also where Ctrl-C has it wait no longer for another job', TIME, async () => {
  await paid.settings({ operationMs: 60_000 });
  const env = await newInstallation();
  const paused = await leaveJob(env, 1);
  expect(await runVidpipe(['batch', 'pause', paused, '--now'], env)).toMatchObject({ code: 0 });
  const left = await leaveJob(env, 1);
  const follow = startVidpipe(['batch', 'follow', paused], env);
  await follow.saw(/^Waiting for what is made here/m);
  follow.child.kill('SIGINT');
  const { code, stderr } = await follow.ended;
  expect({ code, stderr }).toEqual({
    code: 5,
    stderr: expect.stringContaining(`Go on: vidpipe batch resume ${paused}`) as string,
  });
  expect(stderr).not.toContain('No longer waited for');
  expect(await statusOf(env, left)).toBe('RUNNING');
});
