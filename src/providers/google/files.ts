/** Files of the Gemini API: a clip that is completed may be a file that is not ready yet, for about 95 s (seen 2026-09). */
import { setTimeout as delay } from 'node:timers/promises';
import type { CallOptions } from '../capabilities/capability.ts';
import { ProviderError } from '../provider-error.ts';
import { omniRoot } from './addresses.ts';
import { guardedFetch, hearAnswer } from './call.ts';
import { type GoogleClient, planOf } from './client.ts';
import { field, parseJson, textOf } from './json-walk.ts';
import { readError, tellError } from './read-error.ts';

/** Longest between two looks at a file, in seconds; ours. */
const LOOK_SECONDS = 5;

/** Google's words for a file that is used before it is ready (many reports). */
const NOT_ACTIVE = /not in an ACTIVE state|FAILED_PRECONDITION/i;

/** Fetches a file, and waits for it as long as Google has it in work. */
export async function whenActive<Result>(
  client: GoogleClient,
  file: string,
  { signal }: Pick<CallOptions, 'signal'>,
  fetch: () => Promise<Result>,
): Promise<Result> {
  const end = performance.now() + client.settings.fileSeconds * 1_000;
  for (;;) {
    if ((await stateOf(client, file, signal)) !== 'PROCESSING') {
      try {
        return await fetch();
      } catch (error) {
        if (!isNotActive(error)) throw error;
      }
    }
    if (performance.now() > end) throw notReady(client, file);
    await delay(Math.min(LOOK_SECONDS, client.settings.pollSeconds) * 1_000, undefined, { signal });
  }
}

const isNotActive = (error: unknown): boolean =>
  error instanceof ProviderError && error.outcome === 'REFUSED' && NOT_ACTIVE.test(error.message);

const notReady = ({ settings }: GoogleClient, file: string): ProviderError =>
  new ProviderError('NOT_ACCEPTED', `Google ${file}: it is not ready after ${settings.fileSeconds} s.`, {
    code: 'PROVIDER_UNAVAILABLE',
  });

/**
 * How a file stands, as Google calls it; null where that is not told: the file itself then is.
 *
 * @throws {ProviderError} REFUSED where there is no such file, or it failed.
 */
async function stateOf(client: GoogleClient, file: string, signal: AbortSignal): Promise<string | null> {
  const headers = await client.credentials();
  const { status, text, refusal } = await hearAnswer(planOf(client, file), signal, () =>
    guardedFetch(`${omniRoot(client)}/${file}`, { headers }),
  );
  if (status === 404 && refusal) throw refusal;
  if (refusal) return null;
  const told = parseJson(text);
  const state = textOf(field(told, 'state'));
  if (state !== 'FAILED') return state;
  const error = readError(field(told, 'error'));
  const words = error ? tellError(error) : 'Google gave no reason.';
  throw new ProviderError('REFUSED', `Google ${file}: the file failed. ${words}`);
}
