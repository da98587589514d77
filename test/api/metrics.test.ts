import { scopesOf } from '../../src/core/scopes.ts';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { recordAudit } from '../../src/features/audit/log/audit.ts';
import { seedProject } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';

const MAX_SOCKETS = 2;

const api = useTestApi({ limits: { maxSockets: MAX_SOCKETS } });

/** Every number there is, by its name and labels. */
async function measure(): Promise<Record<string, number>> {
  const text = await (await fetch(`${api.api.url}/metrics`)).text();
  const lines = [...text.matchAll(/^(\w+(?:\{.*\})?) (\S+)$/gm)];
  return Object.fromEntries(lines.map(([, name = '', value]) => [name, Number(value)]));
}

test('numbers are of the moment: nobody keeps them', async () => {
  const { headers } = await fetch(`${api.api.url}/metrics`);
  expect(headers.get('cache-control')).toBe('no-store');
});

test('sockets, subscriptions, events, messages and refusals are counted, beside what Node says of the process', async () => {
  const projectId = await seedProject(api.db);
  const silent = new WebSocket(`${api.api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(silent, 'open');
  const clients = [api.connect(), api.connect()];
  const streams: AsyncIterableIterator<object>[] = [];
  for (const client of clients) {
    const query = 'subscription { event: workspaceEvents { __typename } }';
    const stream = client.iterate<{ event: object }>({ query });
    await stream.next();
    streams.push(stream);
  }
  const turnedAway = new WebSocket(`${api.api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(turnedAway, 'error');
  const strange = { headers: { origin: 'https://evil.example' } };
  expect((await fetch(`${api.api.url}/graphql`, strange)).status).toBe(403);

  const before = await measure();
  expect(before).toMatchObject({
    'vidpipe_sockets{state="connecting"}': 1,
    'vidpipe_sockets{state="ready"}': 2,
    'vidpipe_sockets{state="closing"}': 0,
    vidpipe_subscriptions: 2,
    vidpipe_subscription_groups: 1,
    'vidpipe_refused_total{reason="process_sockets"}': 1,
    'vidpipe_refused_total{reason="origin"}': 1,
    'vidpipe_refused_total{reason="key"}': 0,
    process_resident_memory_bytes: expect.any(Number) as number,
    nodejs_eventloop_lag_p99_seconds: expect.any(Number) as number,
  });

  await api.db.$transaction((tx) =>
    recordAudit(tx, api.ctx.actor, {
      subject: { type: 'Project', id: projectId },
      scopes: scopesOf({ Project: projectId }),
      eventType: 'API_CALL',
      message: 'Once for both.',
    }),
  );
  for (const stream of streams) await stream.next();
  const after = await measure();
  const grown = (name: string) => (after[name] ?? 0) - (before[name] ?? 0);
  expect(grown('vidpipe_events_executed_total')).toBe(1);
  expect(grown('vidpipe_messages_sent_total')).toBe(2);

  silent.terminate();
  for (const client of clients) await client.dispose();
  await expect.poll(async () => (await measure())['vidpipe_subscriptions']).toBe(0);
  expect((await measure())['vidpipe_subscription_groups']).toBe(0);
});
