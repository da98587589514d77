import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Ctx } from '../../platform/context.ts';
import { INSTANCE } from '../../platform/instance.ts';
import type { Log } from '../../platform/log.ts';
import type { Pulse } from '../../platform/pulse.ts';
import { respondJson } from '../admission/respond.ts';

/** Longest a check may take; a load balancer asks again within seconds. */
const CHECK_MILLISECONDS = 5_000;
/** Seconds since the process's own work was last done; each kind is done every five seconds at the most. */
const READY_SECONDS = 15;

type Checks = Record<'database' | 'queue' | 'storage', () => Promise<unknown>>;

/** `/healthz`: the process answers, and nothing in it stands still for good; else 503 says what does. */
export const respondHealth = (pulse: Pulse, response: ServerResponse): void => {
  const reason = pulse.beyondRecovery();
  if (reason === null) return respondJson(response, 200, { status: 'ok', instance: INSTANCE });
  respondJson(response, 503, { status: 'beyond recovery', reason });
};

/**
 * `/readyz`: what a request needs answers too, and the process's own work moves; 503 names what does not.
 *
 * @param draining once aborted it answers 503 without asking anyone: send requests elsewhere.
 */
export function readiness(
  { db, queue, storage, pulse }: Pick<Ctx, 'db' | 'queue' | 'storage' | 'pulse'>,
  log: Log,
  draining: AbortSignal,
) {
  const checks: Checks = {
    database: () => db.$queryRaw`SELECT 1`,
    queue: () => queue.boss.getQueues(),
    storage: () => storage.check(),
  };
  return async (response: ServerResponse): Promise<void> => {
    if (draining.aborted) return respondJson(response, 503, { status: 'stopping', checks: {}, work: {} });
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await run(name, check, log)] as const),
    );
    const work = workOf(pulse);
    const ready = [...results.map(([, result]) => result), ...Object.values(work)].every(({ ok }) => ok);
    respondJson(response, ready ? 200 : 503, {
      status: ready ? 'ok' : 'unavailable',
      checks: Object.fromEntries(results),
      work,
    });
  };
}

const workOf = (pulse: Pulse) =>
  Object.fromEntries(
    Object.entries(pulse.read()).map(([work, { doneSecondsAgo }]) => [
      work,
      { ok: doneSecondsAgo <= READY_SECONDS, secondsAgo: Math.round(doneSecondsAgo * 10) / 10 },
    ]),
  );

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
