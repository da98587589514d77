import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { type ChildOptions, runInChild, siblingScript } from '../../src/media/child/child.ts';
import { testDirectory } from './support/clips.ts';
import type { OddJob } from './support/odd.child.ts';

const run = (job: OddJob, options?: ChildOptions) =>
  runInChild(siblingScript(import.meta.url, './support/odd.child'), job, options);

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** The hanging child's process, once it hangs. */
const pidIn = (file: string): Promise<number> =>
  vi.waitFor(
    async () => {
      const pid = Number(await readFile(file, 'utf8'));
      expect(pid).toBeGreaterThan(0);
      return pid;
    },
    { timeout: 10_000 },
  );

test('what the handler returns comes back, and its progress on the way', async () => {
  const onProgress = vi.fn<(share: number) => void>();
  expect(await run({ kind: 'ECHO', value: { film: ['é', 1] } }, { onProgress })).toEqual({ film: ['é', 1] });
  expect(onProgress.mock.calls).toEqual([[0.5]]);
});

test('a child sees no secret of this process', async () => {
  vi.stubEnv('GEMINI_API_KEY', 'secret');
  expect(JSON.stringify(await run({ kind: 'ENVIRONMENT' }))).not.toContain('secret');
  vi.unstubAllEnvs();
});

test('a refusal keeps its code and its field', async () => {
  await expect(run({ kind: 'REFUSE' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    issues: [{ path: ['seconds'], message: 'Must be positive.' }],
  });
});

test('a child that dies is reported with its exit code and its last words', async () => {
  await expect(run({ kind: 'DIE' })).rejects.toMatchObject({
    code: 'MEDIA_FAILED',
    message: expect.stringMatching(/exit code 7: the tape is torn/),
  });
});

test('a child that has answered is gone, whatever its exit would wait for', async () => {
  expect(await run({ kind: 'STAY' })).toBe('done');
});

test('a child that spins is ended when its CPU time is up', { tags: 'long' }, async () => {
  await expect(run({ kind: 'SPIN' }, { cpuSeconds: 1 })).rejects.toMatchObject({
    code: 'MEDIA_FAILED',
    message: expect.stringContaining('SIGXCPU (it used more CPU time than it may)'),
  });
});

test('a child cannot write a larger file than it may', async () => {
  const file = join(await testDirectory(), 'large');
  await expect(run({ kind: 'WRITE', file, bytes: 200_000 }, { fileBytes: 100_000 })).rejects.toMatchObject({
    code: 'MEDIA_FAILED',
    message: expect.stringMatching(/EFBIG|SIGXFSZ/),
  });
});

test.skipIf(!existsSync('/dev/full'))('a full disk is told in the system’s own words', async () => {
  await expect(run({ kind: 'WRITE', file: '/dev/full', bytes: 1 })).rejects.toMatchObject({
    code: 'MEDIA_FAILED',
    message: expect.stringMatching(/ENOSPC.*no space left/i),
  });
});

test('an abort kills the child and rejects with the signal’s reason', async () => {
  const pidFile = join(await testDirectory(), 'pid');
  const abort = new AbortController();
  const running = run({ kind: 'HANG', pidFile }, { signal: abort.signal });
  const pid = await pidIn(pidFile);

  const abortedAt = performance.now();
  abort.abort(new Error('no longer wanted'));

  await expect(running).rejects.toThrow('no longer wanted');
  expect(performance.now() - abortedAt).toBeLessThan(1_000);
  expect(isAlive(pid)).toBe(false);
});

test(
  'the job of a stuck child is done once more, by another, and the stuck one is gone',
  { tags: 'long' },
  async () => {
    const pidFile = join(await testDirectory(), 'pid');
    expect(await run({ kind: 'STICK_ONCE', pidFile }, { silenceSeconds: 4 })).toBe('done');
    expect(isAlive(await pidIn(pidFile))).toBe(false);
  },
);

test(
  'a child that is stopped at its work is ended, and its job done by another',
  { tags: 'long' },
  async () => {
    const pidFile = join(await testDirectory(), 'pids');
    const working = run({ kind: 'SLOW', pidFile, seconds: 0.3 }, { silenceSeconds: 3 });
    const pid = await pidIn(pidFile);
    process.kill(pid, 'SIGSTOP');
    expect(await working).toBe('done');
    const pids = (await readFile(pidFile, 'utf8')).trim().split('\n').map(Number);
    expect(pids).toEqual([pid, expect.any(Number)]);
    expect(isAlive(pid)).toBe(false);
  },
);

test('the job of a child that somebody kills is done once more, by another', async () => {
  const pidFile = join(await testDirectory(), 'pids');
  const working = run({ kind: 'SLOW', pidFile, seconds: 0.3 });
  const pid = await pidIn(pidFile);
  process.kill(pid, 'SIGKILL');
  expect(await working).toBe('done');
  const pids = (await readFile(pidFile, 'utf8')).trim().split('\n').map(Number);
  expect(pids).toEqual([pid, expect.any(Number)]);
});

test('a job whose children are killed again is given up, and says why', async () => {
  await expect(run({ kind: 'KILLED' })).rejects.toMatchObject({
    code: 'MEDIA_FAILED',
    message: 'The media process was ended by SIGKILL.',
  });
});

test('what tells all of a service to stop ends no child at its work: that is its parent’s to do', async () => {
  const pidFile = join(await testDirectory(), 'pids');
  const working = run({ kind: 'SLOW', pidFile, seconds: 0.3 });
  const pid = await pidIn(pidFile);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(pid, signal);
  expect(await working).toBe('done');
  expect((await readFile(pidFile, 'utf8')).trim()).toBe(String(pid));
});

test('a job that gets stuck twice is given up, and says why', async () => {
  const pidFile = join(await testDirectory(), 'pid');
  await expect(run({ kind: 'HANG', pidFile }, { silenceSeconds: 0.3 })).rejects.toMatchObject({
    code: 'MEDIA_FAILED',
    message: expect.stringContaining('for 0.3 s it neither told anything nor worked'),
  });
});

test('a child that works on and on is ended when its time by the clock is up, and not tried again', async () => {
  const pidFile = join(await testDirectory(), 'pids');
  await expect(run({ kind: 'SLOW', pidFile, seconds: 60 }, { wallSeconds: 0.6 })).rejects.toMatchObject({
    code: 'MEDIA_FAILED',
    message: expect.stringContaining('it may take 0.6 s and took longer'),
  });
  expect((await readFile(pidFile, 'utf8')).trim().split('\n')).toHaveLength(1);
});

test('a child ends with its parent, even when that is killed', async () => {
  const pidFile = join(await testDirectory(), 'pid');
  const parent = spawn(process.execPath, [
    fileURLToPath(new URL('support/odd-parent.ts', import.meta.url)),
    pidFile,
  ]);
  const pid = await pidIn(pidFile);
  expect(isAlive(pid)).toBe(true);

  parent.kill('SIGKILL');

  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 5_000 });
});
