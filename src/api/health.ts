import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Ctx } from '../platform/context.ts';
import type { Log } from '../platform/log.ts';
import { respondJson } from './respond.ts';

/** Longest a check may take; a load balancer asks again within seconds. */
const CHECK_MILLISECONDS = 5_000;

type Checks = Record<'database' | 'queue' | 'storage', () => Promise<unknown>>;

/** `/healthz`: the process answers. */
export const respondHealth = (response: ServerResponse): void => respondJson(response, 200, { status: 'ok' });

/**
 * `/readyz`: what a request needs answers too; 503 names what does not.
 *
 * @param draining once aborted it answers 503 without asking anyone: send requests elsewhere.
 */
export function readiness(
  { db, queue, storage }: Pick<Ctx, 'db' | 'queue' | 'storage'>,
  log: Log,
  draining: AbortSignal,
) {
  const checks: Checks = {
    database: () => db.$queryRaw`SELECT 1`,
    queue: () => queue.boss.getQueues(),
    storage: () => storage.check(),
  };
  return async (response: ServerResponse): Promise<void> => {
    if (draining.aborted) return respondJson(response, 503, { status: 'stopping', checks: {} });
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await run(name, check, log)] as const),
    );
    const ready = results.every(([, result]) => result.ok);
    respondJson(response, ready ? 200 : 503, {
      status: ready ? 'ok' : 'unavailable',
      checks: Object.fromEntries(results),
    });
  };
}

async function run(name: string, check: () => Promise<unknown>, log: Log) {
  const started = performance.now();
  const stop = new AbortController();
  const late = delay(CHECK_MILLISECONDS, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`No answer in ${CHECK_MILLISECONDS} ms`);
  });
  try {
    await Promise.race([check(), late]);
    return { ok: true, milliseconds: Math.round(performance.now() - started) };
  } catch (error) {
    log.error({ check: name, err: error }, 'Not ready.');
    return { ok: false, milliseconds: Math.round(performance.now() - started) };
  } finally {
    stop.abort();
    late.catch(() => {});
  }
}
