import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { TEST_SECRET_KEY } from '../support/test-platform.ts';
import { makeTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { startVidpipe, type VidpipeProcess } from '../support/vidpipe-process.ts';
import { idsOf, messagesOf, verify } from './support/webhook-test.ts';

const DOCUMENT = '{ ... on ChangeEvent { message } }';

let database: TestDatabase;
let receiver: Receiver;
let server: VidpipeProcess;
let url: string;
beforeAll(async () => {
  database = await makeTestDatabase();
  receiver = await startReceiver();
});
afterAll(async () => {
  server.child.kill('SIGKILL');
  await server.ended;
  await receiver.hangUp();
  await database.remove();
});

async function serve(): Promise<void> {
  server = startVidpipe(['serve'], {
    VIDPIPE_DATA_DIR: database.dataDir,
    VIDPIPE_WEBHOOK_NETWORKS: '127.0.0.1/32',
    PORT: '0',
    LOG_LEVEL: 'silent',
    // The embedded database has a key of its own, which the next process finds.
    ...(database.databaseUrl !== null && {
      DATABASE_URL: database.databaseUrl,
      VIDPIPE_SECRET_KEY: TEST_SECRET_KEY,
    }),
  });
  [url] = await server.saw(/http:\S+\/graphql/);
}

async function ask<Data>(query: string): Promise<Data> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const { data } = (await response.json()) as { data: Data };
  return data;
}

async function createProjects(titles: string[]): Promise<void> {
  for (const title of titles) {
    const input = `{ prompt: "A prompt.", title: "${title}" }`;
    await ask(`mutation { createProject(input: ${input}) { __typename } }`);
  }
}

test(
  'a process killed while it delivers loses nothing, and the next goes on in order',
  { timeout: 120_000 },
  async () => {
    await serve();
    const { createWebhook } = await ask<{ createWebhook: { secret: string } }>(
      `mutation {
      createWebhook(input: { url: "${receiver.url}", events: [PROJECT_CHANGED], document: "${DOCUMENT}" }) {
        ... on CreateWebhookPayload { secret }
      }
    }`,
    );
    await createProjects(['a']);
    await receiver.heard(1);
    // Taken, but the process will never know.
    const { answer } = receiver;
    receiver.answer = () => {};
    await createProjects(['b', 'c']);
    await receiver.heard(2);
    server.child.kill('SIGKILL');
    await server.ended;

    receiver.answer = answer;
    await serve();
    await createProjects(['d']);
    const all = await receiver.heard(5);
    expect(messagesOf(all).map((message) => /"(.)"/.exec(message)?.[1])).toEqual(['a', 'b', 'b', 'c', 'd']);
    const [, taken, again] = idsOf(all);
    expect(again).toBe(taken);
    expect(all.map((message) => verify(createWebhook.secret, message))).toHaveLength(5);
  },
);
