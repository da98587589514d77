import { afterAll, beforeAll, expect, test } from 'vitest';
import { schema } from '../../src/api/schema.ts';
import { readEventDocument } from '../../src/features/webhooks/event-document.graphql.ts';
import { newId } from '../../src/core/ids.ts';
import { LOCAL_WORKSPACE_ID } from '../../src/platform/context.ts';
import { type OldDatabase, openOldDatabase } from './support/old-database.ts';

/** The first that knows the subscriptions' events. */
const CHANGE = '20261122085254_one_vocabulary_of_events';

let database: OldDatabase;
beforeAll(async () => {
  database = await openOldDatabase(CHANGE);
});
afterAll(() => database.remove());

async function addOldWebhook(patterns: string[], document: string): Promise<string> {
  const id = newId();
  await database.pool.query(
    `INSERT INTO webhooks (id, workspace_id, url, events, document, origin, cursor)
     VALUES ($1, $2, 'https://example.com', $3, $4, 'http://a', 0)`,
    [id, LOCAL_WORKSPACE_ID, patterns, document],
  );
  return id;
}

async function addOldDelivery(webhookId: string, sequence: number, type: string, status: number | null) {
  const errorMessage = status === null ? 'No answer within 15 s.' : status < 300 ? null : 'It failed.';
  await database.pool.query(
    `INSERT INTO webhook_deliveries (id, webhook_id, sequence, entry_id, event_type, status, attempts,
       response_status, error_message, duration_milliseconds)
     VALUES ($1, $2, $3, $1, $4, 'RETRYING', 1, $5, $6, 1)`,
    [newId(), webhookId, sequence, type, status, errorMessage],
  );
}

test('webhooks and deliveries of the old names become those of the new ones', async () => {
  const some = await addOldWebhook(
    ['scene.video_done', 'scene.failed', 'pipeline_run.*', 'ledger_entry.changed'],
    '{ cursor message subject { ... on Scene { status } } } # mine',
  );
  const all = await addOldWebhook(['video.*', '*'], '{ subject { ...F } } fragment F on Scene { id }');
  await addOldDelivery(some, 1, 'scene.video_done', 204);
  await addOldDelivery(some, 2, 'video_clip.rai_filtered', 410);
  await addOldDelivery(some, 3, 'webhook.disabled', null);
  await database.migrate();

  const { rows: webhooks } = await database.pool.query<{ id: string; events: string[]; document: string }>(
    'SELECT id, array_to_json(events) AS events, document FROM webhooks',
  );
  const eventsOf = (id: string) => webhooks.find((webhook) => webhook.id === id)?.events.toSorted();
  expect(eventsOf(some)).toEqual(['OTHER_CHANGED', 'RUN_CHANGED', 'SCENE_CHANGED']);
  expect(eventsOf(all)).toEqual([]);
  const documentOf = (id: string) => webhooks.find((webhook) => webhook.id === id)?.document ?? '';
  expect(() => readEventDocument(schema, documentOf(some))).not.toThrow();
  // Nobody knows how to mend it but its owner, whom the webhook tells why it is disabled.
  expect(() => readEventDocument(schema, documentOf(all))).toThrow('Cannot query field "subject"');

  const { rows } = await database.pool.query(
    'SELECT type, error_code FROM webhook_deliveries ORDER BY sequence',
  );
  expect(rows).toEqual([
    { type: 'SCENE_CHANGED', error_code: null },
    { type: 'VIDEO_CLIP_CHANGED', error_code: 'GONE' },
    { type: 'OTHER_CHANGED', error_code: 'TIMED_OUT' },
  ]);
});
