import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { send } from '../../src/features/webhooks/send.ts';
import { newSecret } from '../../src/features/webhooks/sign.ts';
import type { NumberedEntry } from '../../src/features/audit/log/numbered-entry.ts';
import type { Outbound } from '../../src/platform/outbound/outbound.ts';

const NOW = new Date('2026-11-29T12:00:00.900Z');
beforeEach(() => vi.useFakeTimers({ now: NOW, toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

const at = (seconds: number) => vi.setSystemTime(Date.parse('2026-11-29T12:00:00Z') + seconds * 1_000);

/** What a receiver is sent of an event of an hour ago. */
async function sent(secrets: string[]) {
  const posts: { headers: Record<string, string>; body: string }[] = [];
  const outbound = {
    async post(_url, headers, body) {
      posts.push({ headers, body });
      return { status: 204, retryAfterSeconds: null };
    },
  } satisfies Partial<Outbound> as unknown as Outbound;
  const entry = { sequence: 7n, time: new Date('2026-11-29T11:00:00Z') } as unknown as NumberedEntry;
  const webhook = { id: 'hook', url: 'https://example.test/' };
  const event = { entry, type: 'PROJECT_CHANGED' as const };
  await send(outbound, webhook, secrets, event, { data: {} }, new AbortController().signal);
  const [post] = posts;
  if (!post) throw new Error('Nothing was sent.');
  return post;
}

test('a message is signed with the second at which it is sent, however old its event is', async () => {
  const { headers } = await sent([newSecret()]);
  expect(headers['webhook-timestamp']).toBe(String(Date.parse('2026-11-29T12:00:00Z') / 1_000));
});

test('a receiver takes a message up to five minutes after it was sent, and none that is older', async () => {
  const secret = newSecret();
  const { headers, body } = await sent([secret]);
  const verify = () => new Webhook(secret).verify(body, headers);
  at(300);
  expect(verify()).toMatchObject({ data: {} });
  at(302);
  expect(verify).toThrow(/too old/);
  at(-302);
  expect(verify).toThrow(/too new/);
});

test('what goes wrong here is no failure of the receiver', async () => {
  const fault = new TypeError('A fault of ours.');
  const outbound = { post: () => Promise.reject(fault) } as unknown as Outbound;
  const entry = { sequence: 7n, time: NOW } as unknown as NumberedEntry;
  const webhook = { id: 'hook', url: 'https://example.test/' };
  const event = { entry, type: 'PROJECT_CHANGED' as const };
  const sending = send(outbound, webhook, [newSecret()], event, { data: {} }, new AbortController().signal);
  await expect(sending).rejects.toBe(fault);
});
