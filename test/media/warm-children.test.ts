import { expect, test, vi } from 'vitest';
import { siblingScript } from '../../src/media/child/child.ts';
import { WarmChildren } from '../../src/media/child/warm-children.ts';
import type { SteadyJob } from './support/steady.child.ts';

const open = () => {
  const children = new WarmChildren(siblingScript(import.meta.url, './support/steady.child'), {
    cpuSeconds: 10,
  });
  return (kind: SteadyJob, signal?: AbortSignal) => children.run<number>({ kind }, { signal });
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('one job after another goes to the same process', async () => {
  const ask = open();
  expect(await ask('WHO')).toBe(await ask('WHO'));
});

test('jobs at the same time go to processes of their own', async () => {
  const ask = open();
  const [first, second] = await Promise.all([ask('WHO'), ask('WHO')]);
  expect(first).not.toBe(second);
});

test('a process whose job failed does no other', async () => {
  const ask = open();
  const pid = await ask('WHO');
  await expect(ask('FAIL')).rejects.toMatchObject({ code: 'MEDIA_FAILED', message: 'the brush broke' });
  expect(isAlive(pid)).toBe(false);
  expect(await ask('WHO')).not.toBe(pid);
});

test('an abort kills the process of its job at once', async () => {
  const ask = open();
  const pid = await ask('WHO');
  const abort = new AbortController();
  const hanging = ask('HANG', abort.signal);
  abort.abort(new Error('no longer wanted'));
  await expect(hanging).rejects.toThrow('no longer wanted');
  expect(isAlive(pid)).toBe(false);
});

test('a process that waits for nothing ends by itself', { tags: 'long', timeout: 15_000 }, async () => {
  const pid = await open()('WHO');
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000, interval: 200 });
});
