/** Sends one kind of hostile request, one after the other, beside the process that measures. */
import { setTimeout as delay } from 'node:timers/promises';
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { ATTACKS, type AttackName } from './abuse-attacks.ts';

const PREPARED = 100;

const { url, name } = workerData as { url: string; name: AttackName };
const { request, pauseMilliseconds } = ATTACKS[name];
/** Of the first requests, made before anything is measured: making them must not slow the good client down. */
const bodies = Array.from({ length: PREPARED }, (_, index) => JSON.stringify(request(index)));
const told = once(parentPort!, 'message');
parentPort?.postMessage('ready');
await told;
for (let sent = 0; ; sent += 1) {
  const body = bodies[sent] ?? JSON.stringify(request(sent));
  const from = performance.now();
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
  const answer = await fetch(url, { method: 'POST', headers, body }).catch(() => null);
  const bytes = answer ? (await answer.arrayBuffer().catch(() => null))?.byteLength : undefined;
  parentPort?.postMessage({ status: answer?.status ?? null, bytes, milliseconds: performance.now() - from });
  if (!answer) break;
  await delay(pauseMilliseconds);
}
