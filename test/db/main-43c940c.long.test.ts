/**
 * A database that main made at 43c940c, before money, log and caps went by scopes, starts under this build, and everything
 * in it is there and goes on.
 */
import { cp, rm } from 'node:fs/promises';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Api, startApi } from '../../src/api/http/server.ts';
import { decodeGlobalId, encodeGlobalId } from '../../src/core/ids.ts';
import { openTo } from '../../src/features/api-keys/key-ring.ts';
import { openMediaSigner } from '../../src/features/assets/media-signer.ts';
import { daysScope, workspaceScope } from '../../src/features/budget/balance.ts';
import { setCap } from '../../src/features/budget/cap.ts';
import { resumeRun } from '../../src/features/pipelines/control/control.ts';
import { runScope } from '../../src/features/runs/run-subject.ts';
import { projectScope } from '../../src/features/projects/project-runs.ts';
import { type Ctx, LOCAL_WORKSPACE_ID } from '../../src/platform/context.ts';
import { openLog } from '../../src/platform/log.ts';
import { openOutbound } from '../../src/platform/outbound/outbound.ts';
import { openPlatform, type Platform } from '../../src/platform/platform.ts';
import { animatic } from '../../src/providers/animatic/index.ts';
import { installProvider } from '../../src/providers/registry.ts';
import { policies } from '../../src/worker/handlers.ts';
import { webhooks } from '../../src/worker/webhooks.ts';
import { startWorker } from '../../src/worker/worker.ts';
import { meteredProvider } from '../support/paid-project.ts';
import { paidProvider } from '../support/paid-provider/adapter.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { startTask } from '../support/start-task.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { TEST_SECRET_KEY } from '../support/test-platform.ts';
import { serveVidpipe } from '../support/vidpipe-process.ts';
import { centsOf, metBy, ofKind } from './support/main-43c940c/caps.ts';
import { type Before, fillOldMain, type Row } from './support/main-43c940c/fill.ts';

/** Migrations from the first to the last. Milliseconds. */
const MAKING_MS = 240_000;

const log = openLog('silent');

let dataDir: string;
/** The same once more, for a process of its own. */
let served: string;
let film: Buffer;
let receiver: Receiver;
let platform: Platform;
let ctx: Ctx;
let api: Api;
let before: Before;
beforeAll(async () => {
  dataDir = temporaryFolder('main');
  receiver = await startReceiver();
  ({ before, film } = await fillOldMain(dataDir, receiver.url));
  served = `${dataDir}-served`;
  await cp(dataDir, served, { recursive: true });
  const outbound = openOutbound({ networks: '127.0.0.1/32' });
  const secretKey = TEST_SECRET_KEY;
  platform = await openPlatform({ databaseUrl: null, dataDir, outbound, secretKey, policies }, log);
  ctx = { ...platform, actor: { name: 'test', workspaceId: LOCAL_WORKSPACE_ID } };
  api = await startApi({ ctx, admission: openTo(ctx.actor), host: '127.0.0.1', port: 0, log });
}, MAKING_MS);
afterAll(async () => {
  await api.close();
  await platform.close();
  await receiver.hangUp();
  await rm(served, { recursive: true });
});

async function ask<Data>(query: string, variables: object = {}, url = `${api.url}/graphql`): Promise<Data> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: object[] };
  if (!data || errors) throw new Error(JSON.stringify(errors));
  return data;
}

const bare = (id: string | null) => (id === null ? null : (decodeGlobalId(id)?.id ?? id));

const sumOf = (amounts: (string | null | undefined)[]) =>
  amounts.reduce((total, amount) => total + Number(amount), 0);

const settledOf = (projectId: string) =>
  before.balances.find(({ scope }) => scope === projectScope(bare(projectId) ?? ''))?.settled;

const numbersOf = (of: (row: Row) => boolean) => before.log.filter(of).map(({ sequence }) => sequence);

type Edges<Node> = { edges: { cursor: string; node: Node }[] };

test('it is worth the name: every kind of entry, caps of each kind, and what is held by them', () => {
  expect(new Set(before.entries.map(({ kind }) => kind))).toEqual(
    new Set(['RESERVE', 'SETTLE', 'RELEASE', 'UNKNOWN']),
  );
  expect(before.caps.map(({ scope }) => scope?.split(':')[0])).toEqual([
    'day',
    'project',
    'run',
    'workspace',
  ]);
  expect(before.videos).toHaveLength(2);
  expect(before.webhooks).toHaveLength(2);
  expect(before.letters).toHaveLength(1);
});

test('films are in the library and play', async () => {
  type Video = { title: string; url: string };
  const { videos } = await ask<{ videos: Edges<Video> }>('{ videos { edges { node { title url } } } }');
  const titles = new Set(videos.edges.map(({ node }) => node.title));
  expect(titles).toEqual(new Set(before.videos.map(({ title }) => title)));
  for (const { node } of videos.edges) {
    const response = await fetch(node.url);
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer()).equals(film)).toBe(true);
  }
});

const isOfScene = ({ scope }: Row) => scope?.startsWith('scene:') === true;

describe('the ledger', () => {
  test('has every entry, and each leads to what it led to', async () => {
    type Entry = { id: string; kind: string; operationKey: string; amountMicroUsd: number } & Record<
      'projectId' | 'runId' | 'sceneId',
      string | null
    >;
    const { ledger } = await ask<{ ledger: Edges<Entry> }>(
      '{ ledger(first: 100) { edges { node { id kind operationKey amountMicroUsd projectId runId sceneId } } } }',
    );
    const entries = ledger.edges.map(({ node }) => ({
      id: bare(node.id),
      kind: node.kind,
      operation_key: node.operationKey,
      amount: String(node.amountMicroUsd),
      run_id: bare(node.runId),
      project_id: bare(node.projectId),
      scene_id: bare(node.sceneId),
    }));
    expect(entries.toSorted((a, b) => String(a.id).localeCompare(String(b.id)))).toEqual(before.entries);
  });

  test('has the sums that it had, and those of scenes beside them', async () => {
    const { pool } = platform.database;
    const { rows } = await pool.query<Row>(
      `SELECT scope, settled_micro_usd::text AS settled, estimated_micro_usd::text AS estimated,
         reserved_micro_usd::text AS reserved, unknown_micro_usd::text AS unknown FROM ledger_balances ORDER BY scope`,
    );
    expect(rows.filter((row) => !isOfScene(row))).toEqual(before.balances);
    const settled = before.entries.filter(({ kind, scene_id: scene }) => kind === 'SETTLE' && scene !== null);
    expect(sumOf(rows.filter(isOfScene).map((row) => row.settled))).toBe(
      sumOf(settled.map(({ amount }) => amount)),
    );
  });

  test('is summed by project, a deleted one too', async () => {
    const { usage } = await ask<{ usage: { key: string; title: string | null; settledMicroUsd: number }[] }>(
      '{ usage(groupBy: PROJECT) { key title settledMicroUsd } }',
    );
    expect(usage.length).toBeGreaterThan(3);
    for (const { key, settledMicroUsd } of usage) expect(String(settledMicroUsd)).toBe(settledOf(key));
    expect(usage.filter(({ title }) => title === null)).toHaveLength(1);
  });
});

describe('the log', () => {
  test('is whole, and a subscriber goes on from a cursor without a gap', async () => {
    const client = createClient({
      url: `${api.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });
    const seen = before.log[20]?.sequence ?? '';
    const expected = numbersOf(({ sequence }) => Number(sequence) > Number(seen));
    const events = client.iterate<{ event: { cursor: string } }>({
      query: `subscription { event: workspaceEvents(after: "${seen}") { ... on LiveEvent { cursor } } }`,
    });
    const heard: string[] = [];
    for await (const { data } of events) if (heard.push(data?.event.cursor ?? '') > expected.length) break;
    await client.dispose();
    expect(heard).toEqual([seen, ...expected]);
  });

  test('tells of each project and each run what it told', async () => {
    const { projects } = await ask<{
      projects: Edges<{
        id: string;
        events: Edges<object>;
        runs: Edges<{ id: string; events: Edges<object> }>;
      }>;
    }>(`{ projects(first: 20) { edges { node { id events(first: 100) { edges { cursor } }
          runs(first: 3) { edges { node { id events(first: 100) { edges { cursor } } } } } } } } }`);
    const cursorsOf = ({ edges }: Edges<object>) => edges.map(({ cursor }) => cursor);
    expect(projects.edges.length).toBeGreaterThan(3);
    for (const { node } of projects.edges) {
      const id = decodeGlobalId(node.id)?.id ?? '';
      expect(cursorsOf(node.events)).toEqual(numbersOf((row) => row['project_id'] === id));
      for (const { node: run } of node.runs.edges) {
        const runId = decodeGlobalId(run.id)?.id ?? '';
        expect(cursorsOf(run.events)).toEqual(numbersOf((row) => row['run_id'] === runId));
      }
    }
  });

  test('is told on to webhooks from where they were, each entry once', async () => {
    const expected = before.webhooks.map(({ id, cursor }) => ({
      id,
      cursors: numbersOf(({ sequence }) => Number(sequence) > Number(cursor)),
    }));
    const count = expected.reduce((sum, { cursors }) => sum + cursors.length, 0);
    const telling = startTask(ctx, webhooks(await openMediaSigner(ctx.db)));
    await receiver.heard(count);
    await expect
      .poll(async () => (await ctx.db.webhook.findMany()).map(({ cursor }) => String(cursor)))
      .toEqual(before.webhooks.map(() => before.log.at(-1)?.sequence));
    await telling.close();
    const { rows } = await platform.database.pool.query<{ webhook: string; sequence: string }>(
      `SELECT webhook_id::text AS webhook, sequence::text FROM webhook_deliveries WHERE status = 'DELIVERED' ORDER BY webhook_deliveries.sequence`,
    );
    for (const { id, cursors } of expected)
      expect(
        rows
          .filter(({ webhook, sequence }) => webhook === id && cursors.includes(sequence))
          .map(({ sequence }) => sequence),
      ).toEqual(cursors);
    expect(receiver.received).toHaveLength(count);
  });
});

test('`vidpipe serve` starts on it', async () => {
  const server = await serveVidpipe({ VIDPIPE_DATA_DIR: served, VIDPIPE_SECRET_KEY: TEST_SECRET_KEY });
  const { videos, workspace } = await ask<{
    videos: { totalCount: number };
    workspace: { cost: { settledMicroUsd: number; maxCostCents: number } };
  }>('{ videos { totalCount } workspace { cost { settledMicroUsd maxCostCents } } }', {}, server.url);
  await server.stop();
  expect(videos.totalCount).toBe(before.videos.length);
  const scope = workspaceScope(LOCAL_WORKSPACE_ID);
  const spent = before.balances.find((balance) => balance.scope === scope)?.settled;
  expect(workspace.cost).toEqual({ settledMicroUsd: Number(spent), maxCostCents: centsOf(before, scope) });
});

test('a dead letter is found by its project', async () => {
  const [letter] = before.letters;
  const { deadLetters } = await ask<{ deadLetters: Edges<{ id: string }> }>(
    'query ($id: ID!) { deadLetters(filter: { projectId: $id }) { edges { node { id } } } }',
    { id: encodeGlobalId('Project', letter?.['project_id'] ?? '') },
  );
  expect(deadLetters.edges.map(({ node }) => node.id)).toEqual([
    encodeGlobalId('DeadLetter', letter?.['id'] ?? ''),
  ]);
});

describe('caps', () => {
  beforeAll(() => {
    installProvider(meteredProvider);
  });
  afterAll(() => {
    installProvider(animatic);
  });

  test('are those that were set', async () => {
    const { rows } = await platform.database.pool.query<Row>(
      'SELECT scope, cents::text FROM cost_caps ORDER BY scope',
    );
    expect(rows).toEqual(before.caps);
  });

  test('of a run, a project, a day and a workspace still stop at the micro-dollar', async () => {
    const runId = ofKind(before, 'run').slice('run:'.length);
    const projectId = ofKind(before, 'project').slice('project:'.length);
    const { id: ofProject } = await ctx.db.pipelineRun.findFirstOrThrow({
      where: { projectId, status: 'PAUSED' },
    });
    const [, plain] = await ctx.db.video.findMany({ orderBy: { id: 'asc' } });
    expect(await metBy(ctx, before, runScope(runId), runId)).toBe(runScope(runId));
    expect(await metBy(ctx, before, projectScope(projectId), ofProject)).toBe(projectScope(projectId));
    const [days, all] = [daysScope(LOCAL_WORKSPACE_ID), workspaceScope(LOCAL_WORKSPACE_ID)];
    const unlimited = plain?.runId ?? '';
    expect(await metBy(ctx, before, days, unlimited, 'day:none')).toBe(days);
    await ctx.db.$transaction((tx) => setCap(tx, LOCAL_WORKSPACE_ID, days, null));
    expect(await metBy(ctx, before, all, unlimited)).toBe(all);
  });

  test('hold a run that is resumed without more room', async () => {
    const [cap] = before.caps.filter(({ scope }) => scope?.startsWith('run:'));
    const runId = cap?.scope?.slice('run:'.length) ?? '';
    const worker = await startWorker(ctx, { concurrency: 2, log });
    const held = () => ctx.db.pipelineRun.findUniqueOrThrow({ where: { id: runId } });
    const { version } = await held();
    // Nothing listens there: nothing is bought.
    installProvider(paidProvider('http://127.0.0.1:1'));
    await resumeRun(ctx, { runId });
    await expect
      .poll(held, { timeout: 20_000 })
      .toMatchObject({ status: 'PAUSED', errorCode: 'BUDGET_EXCEEDED', heldByCap: 'RUN' });
    expect((await held()).version).toBeGreaterThan(version);
    await worker.close();
  });
});
