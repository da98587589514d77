/** Ways of reading an interaction by its id, as data: what one of them refuses, another may give. */
import { GEMINI_VERSION, omniRoot, versionForSdk, versionOf } from '../addresses.ts';
import { guardedFetch } from '../call.ts';
import type { GoogleClient } from '../client.ts';

export type Way = {
  name: string;
  /** Whether the answer is a stream of events, which goes on for as long as the film is being made. */
  isStream: boolean;
  /** @param after the event after which the stream is to go on; null for all of it. */
  ask(client: GoogleClient, id: string, after: string | null): Promise<unknown>;
};

/** The SDK would send again up to five times, and each sending of an order is bought. */
export const ONCE = { maxRetries: 0 };
/** Where Omni runs on Vertex, also for interactions whose model we do not know. */
export const LOCATION = { location: 'global' };

const bySdk = (name: string, isStream: boolean, version: typeof versionForSdk): Way => ({
  name,
  isStream,
  async ask(client, id, after) {
    const { interactions } = await client.sdk(LOCATION);
    if (!isStream) return interactions.get(id, { ...version(client), stream: false }, ONCE);
    const from = after === null ? {} : { last_event_id: after };
    return interactions.get(id, { ...version(client), stream: true, ...from }, ONCE);
  },
});

const otherVersion: typeof versionForSdk = (client) => ({
  api_version: versionOf(client) === 'v1' ? GEMINI_VERSION : 'v1',
});

const PLAIN = bySdk('GET', false, versionForSdk);
export const STREAM = bySdk('GET of its events', true, versionForSdk);
const OTHER_VERSION = bySdk('GET in the other version', false, otherVersion);

/** The key in the address and in no header: where a gateway adds credentials of its own, a header is one too many. */
const KEY_IN_QUERY: Way = {
  name: 'GET with the key in the address',
  isStream: false,
  async ask(client, id) {
    const address = new URL(`${omniRoot(client)}/interactions/${encodeURIComponent(id)}`);
    if (client.settings.surface === 'GEMINI') address.searchParams.set('key', client.settings.apiKey);
    return guardedFetch(address);
  },
};

/** As some clients of Vertex do (public code, 2026-10). */
const EMPTY_POST: Way = {
  name: 'POST without a body',
  isStream: false,
  ask: async (client, id) =>
    guardedFetch(`${omniRoot(client)}/interactions/${encodeURIComponent(id)}`, {
      method: 'POST',
      headers: await client.credentials(),
    }),
};

/** In the order in which they are tried; what gave an answer last goes first. */
export const WAYS = {
  GEMINI: [PLAIN, STREAM, OTHER_VERSION, KEY_IN_QUERY],
  VERTEX: [PLAIN, STREAM, EMPTY_POST],
} as const satisfies Record<GoogleClient['settings']['surface'], readonly Way[]>;
