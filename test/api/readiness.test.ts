import { afterEach, expect, test, vi } from 'vitest';
import { useTestApi } from '../support/test-api.ts';

const api = useTestApi({ workers: 1 });
afterEach(() => vi.restoreAllMocks());

type Work = Record<string, { ok: boolean; secondsAgo: number }>;

async function ask(path: string) {
  const response = await fetch(`${api.api.url}${path}`);
  const body = (await response.json()) as { status: string; work: Work; reason?: string };
  return { code: response.status, ...body };
}

/** The work that was done last is `seconds` older than it is. */
function age(seconds: number): void {
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + seconds * 1_000);
}

test('/readyz tells how long ago the process did its own work', async () => {
  const { code, work } = await ask('/readyz');
  expect(code).toBe(200);
  expect(work).toMatchObject({ claims: { ok: true }, polls: { ok: true } });
  for (const { secondsAgo } of Object.values(work)) expect(secondsAgo).toBeLessThan(15);
});

test('work that was not done for 15 seconds makes it 503, though the database answers', async () => {
  await api.ask('{ __typename }');
  const work = api.pulse.begin('log');
  age(16);
  const { code, status, work: told } = await ask('/readyz');
  expect({ code, status }).toEqual({ code: 503, status: 'unavailable' });
  expect(told['log']).toMatchObject({ ok: false });
  vi.restoreAllMocks();
  work.end();
});

test('/healthz fails only once work was not even tried for two minutes', async () => {
  const work = api.pulse.begin('log');
  age(100);
  work.failed();
  expect(await ask('/healthz')).toMatchObject({ code: 200, status: 'ok' });
  vi.restoreAllMocks();
  age(500);
  expect(await ask('/healthz')).toMatchObject({ code: 503, reason: expect.stringMatching(/stands still/) });
  work.end();
});
