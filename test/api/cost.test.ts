/** Money in the graph: what was spent, the ledger, caps, and a person's word on what nobody knew. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeGlobalId, newId } from '../../src/core/ids.ts';
import { book, type Outcome } from '../../src/features/budget/reservation.ts';
import { reserve } from '../../src/features/runs/engine/reserve.ts';
import type { PipelineRun } from '../../src/generated/prisma/client.ts';
import { animatic } from '../../src/providers/animatic/index.ts';
import { installProvider } from '../../src/providers/registry.ts';
import { intentOf, meteredProvider, seedRun } from '../support/paid-project.ts';
import { seedWorkspace } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { projectIdOf } from '../../src/features/projects/project-runs.ts';

let run: PipelineRun;
let project: string;
beforeAll(() => {
  installProvider(meteredProvider);
});
const api = useTestApi();
beforeAll(async () => {
  run = await seedRun(api.ctx, 100);
  project = encodeGlobalId('Project', projectIdOf(run));
  await spend(run, 500, 'CHARGED');
  await spend(run, 70, 'UNKNOWN');
  await spend(run, 6, null);
  await spend(run, 9, 'NOT_CHARGED');
});
afterAll(() => {
  installProvider(animatic);
});

/** @returns the key of a call that was to cost so much. */
async function spend(of: PipelineRun, microUsd: number, outcome: Outcome | null): Promise<string> {
  const { reservation } = await api.db.$transaction((tx) => reserve(tx, of, intentOf(newId(), microUsd)));
  if (outcome) await api.db.$transaction((tx) => book(tx, api.ctx.actor, reservation.operationKey, outcome));
  return reservation.operationKey;
}

const cancel = ({ id }: PipelineRun) =>
  api.db.pipelineRun.update({ where: { id }, data: { status: 'CANCELLED', completedAt: new Date() } });

const COST =
  'settledMicroUsd estimatedMicroUsd reservedMicroUsd unknownMicroUsd totalMicroUsd maxCostCents remainingMicroUsd';
const SPENT = {
  settledMicroUsd: 500,
  estimatedMicroUsd: 500,
  reservedMicroUsd: 6,
  unknownMicroUsd: 70,
  totalMicroUsd: 576,
};

test('a run, its project and their workspace tell what they cost and what their caps leave', async () => {
  const answer = await api.ask(
    `query ($id: ID!) {
      project(id: $id) { cost { ${COST} } runs { edges { node { cost { ${COST} } } } } }
      workspace { cost { ${COST} } costToday { ${COST} } }
    }`,
    { id: project },
  );
  const uncapped = { ...SPENT, maxCostCents: null, remainingMicroUsd: null };
  expect(answer).toEqual({
    project: {
      cost: uncapped,
      runs: { edges: [{ node: { cost: { ...SPENT, maxCostCents: 100, remainingMicroUsd: 999_424 } } }] },
    },
    workspace: { cost: uncapped, costToday: uncapped },
  });
});

test('a run tells which cap holds it, as long as one does', async () => {
  const held = await seedRun(api.ctx, 100);
  const heldByCap = async () => {
    const id = encodeGlobalId('PipelineRun', held.id);
    return api.ask('query ($id: ID!) { node(id: $id) { ... on PipelineRun { heldByCap } } }', { id });
  };
  expect(await heldByCap()).toEqual({ node: { heldByCap: null } });
  await api.db.pipelineRun.update({
    where: { id: held.id },
    data: { status: 'PAUSED', errorCode: 'BUDGET_EXCEEDED', heldByCap: 'DAY', heldAt: new Date() },
  });
  expect(await heldByCap()).toEqual({ node: { heldByCap: 'DAY' } });
  await cancel(held);
  expect(await heldByCap()).toEqual({ node: { heldByCap: null } });
});

test('the ledger is read a page at a time, and each entry leads to what it was for', async () => {
  const query = `query ($id: ID!, $after: String) {
    project(id: $id) {
      ledger(first: 4, after: $after) {
        totalCount pageInfo { hasNextPage endCursor }
        edges { node { kind amountMicroUsd call provider project { id } run { id } scene { id } usage isEstimate } }
      }
    }
  }`;
  type Page = {
    project: {
      ledger: {
        pageInfo: { hasNextPage: boolean; endCursor: string };
        edges: { node: { kind: string; isEstimate: boolean } }[];
      };
    };
  };
  const first = (await api.ask<Page>(query, { id: project })).project.ledger;
  expect(first).toMatchObject({ totalCount: 7, pageInfo: { hasNextPage: true } });
  expect(first.edges[0]?.node).toEqual({
    kind: 'RESERVE',
    amountMicroUsd: 500,
    call: 'KEYFRAME',
    provider: 'ANIMATIC',
    project: { id: project },
    run: { id: encodeGlobalId('PipelineRun', run.id) },
    scene: null,
    usage: { IMAGE: 500 },
    isEstimate: false,
  });
  const second = (await api.ask<Page>(query, { id: project, after: first.pageInfo.endCursor })).project
    .ledger;
  expect([...first.edges, ...second.edges].map(({ node }) => node.kind)).toEqual([
    'RESERVE',
    'SETTLE',
    'RESERVE',
    'UNKNOWN',
    'RESERVE',
    'RESERVE',
    'RELEASE',
  ]);
  // The one that was charged, and of which nobody says what it used.
  const estimates = [...first.edges, ...second.edges].filter(({ node }) => node.isEstimate);
  expect(estimates.map(({ node }) => node.kind)).toEqual(['SETTLE']);
});

const usage = (groupBy: string, range = {}) =>
  api.ask(
    `query ($groupBy: UsageGroup!, $from: String, $to: String) {
      usage(groupBy: $groupBy, from: $from, to: $to) {
        key title calls settledMicroUsd estimatedMicroUsd reservedMicroUsd unknownMicroUsd
      }
    }`,
    { groupBy, ...range },
  );

test('spending is summed by what is asked; what was given back is not in it', async () => {
  const { totalMicroUsd: _total, ...sums } = SPENT;
  const row = { title: null, calls: 3, ...sums };
  const today = new Date().toISOString().slice(0, 10);
  expect(await usage('DAY')).toEqual({ usage: [{ ...row, key: today }] });
  expect(await usage('DAY', { to: '2026-01-01' })).toEqual({ usage: [] });
  expect(await usage('DAY', { from: today, to: today })).toEqual({ usage: [{ ...row, key: today }] });
  expect(await usage('PROJECT')).toEqual({ usage: [{ ...row, key: project, title: 'A title' }] });
  expect(await usage('PROVIDER')).toEqual({ usage: [{ ...row, key: 'ANIMATIC' }] });
  expect(await usage('MODEL')).toEqual({ usage: [{ ...row, key: 'by-the-micro-dollar' }] });
  expect(await usage('CALL')).toEqual({ usage: [{ ...row, key: 'KEYFRAME' }] });
});

test('days that are none are refused by name', async () => {
  const { errors } = await api.send('{ usage(groupBy: DAY, from: "2026-13-01", to: "x") { key } }');
  expect(errors?.[0]?.extensions).toMatchObject({
    code: 'INVALID_INPUT',
    issues: [{ path: ['from'] }, { path: ['to'] }],
  });
});

test('nobody reads or settles what another workspace spent', async () => {
  const { id, ...rest } = await api.db.pipelineRun.findUniqueOrThrow({ where: { id: run.id } });
  const workspaceId = await seedWorkspace(api.db);
  const foreign = { ...rest, id: newId(), workspaceId, projectId: newId() };
  const operationKey = await spend(foreign, 1_000, 'UNKNOWN');
  const { workspace } = await api.ask<{ workspace: unknown }>(`{ workspace { cost { ${COST} } } }`);
  expect(workspace).toMatchObject({ cost: SPENT });
  expect(await settle(operationKey, 'WAS_CHARGED')).toMatchObject({
    code: 'NOT_FOUND',
    path: ['operationKey'],
  });
  expect(id).toBe(run.id);
});

const settle = async (operationKey: string, outcome: string) => {
  const { settleUnknownCall } = await api.ask<{ settleUnknownCall: unknown }>(
    `mutation ($input: SettleUnknownCallInput!) {
      settleUnknownCall(input: $input) {
        ... on SettleUnknownCallPayload { entry { kind amountMicroUsd } }
        ... on UserError { code path }
      }
    }`,
    { input: { operationKey, outcome } },
  );
  return settleUnknownCall;
};

test('a person tells what became of a call, once, and not of one that may still be answered', async () => {
  const other = await seedRun(api.ctx);
  const charged = await spend(other, 30, 'UNKNOWN');
  const given = await spend(other, 40, 'UNKNOWN');
  const open = await spend(other, 50, null);
  expect(await settle(charged, 'WAS_CHARGED')).toEqual({ entry: { kind: 'SETTLE', amountMicroUsd: 30 } });
  expect(await settle(charged, 'NOT_CHARGED')).toMatchObject({ code: 'OUTCOME_KNOWN' });
  expect(await settle(given, 'NOT_CHARGED')).toEqual({ entry: { kind: 'RELEASE', amountMicroUsd: 40 } });
  expect(await settle(open, 'NOT_CHARGED')).toMatchObject({ code: 'RUN_IN_PROGRESS' });
  await cancel(other);
  expect(await settle(open, 'NOT_CHARGED')).toEqual({ entry: { kind: 'RELEASE', amountMicroUsd: 50 } });
});

test('deleting a project leaves what is set aside for it to a person’s word', async () => {
  const other = await seedRun(api.ctx);
  const key = await spend(other, 11, null);
  await cancel(other);
  const input = { projectId: encodeGlobalId('Project', projectIdOf(other)) };
  await api.ask('mutation ($input: DeleteProjectInput!) { deleteProject(input: $input) { __typename } }', {
    input,
  });
  expect(
    await api.db.ledgerBalance.findUnique({ where: { scope: `project:${projectIdOf(other)}` } }),
  ).toMatchObject({
    reservedMicroUsd: 0n,
    unknownMicroUsd: 11n,
  });
  expect(await settle(key, 'NOT_CHARGED')).toEqual({ entry: { kind: 'RELEASE', amountMicroUsd: 11 } });
});

const set = (name: string, input: object, fields: string) =>
  api.ask(
    `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) {
      ${name}(input: $input) { ...on UserError { code path } ${fields} }
    }`,
    { input },
  );

test('caps are set, lifted and refused by name', async () => {
  const runId = encodeGlobalId('PipelineRun', run.id);
  const ofRun = '... on SetRunCostCapPayload { run { cost { maxCostCents } } }';
  expect(await set('setRunCostCap', { runId, maxCostCents: 250 }, ofRun)).toEqual({
    setRunCostCap: { run: { cost: { maxCostCents: 250 } } },
  });
  expect(await set('setRunCostCap', { runId }, ofRun)).toEqual({
    setRunCostCap: { run: { cost: { maxCostCents: null } } },
  });
  expect(await set('setRunCostCap', { runId, maxCostCents: -1 }, ofRun)).toEqual({
    setRunCostCap: { code: 'INVALID_INPUT', path: ['maxCostCents'] },
  });
  const ofProject = '... on SetProjectCostCapPayload { project { cost { maxCostCents } } }';
  expect(await set('setProjectCostCap', { projectId: project, maxCostCents: 0 }, ofProject)).toEqual({
    setProjectCostCap: { project: { cost: { maxCostCents: 0 } } },
  });
  const fields =
    '... on SetWorkspaceCostCapsPayload { workspace { cost { maxCostCents } costToday { maxCostCents } } }';
  await set('setWorkspaceCostCaps', { maxCostCents: 900, maxDailyCostCents: 90 }, fields);
  expect(await set('setWorkspaceCostCaps', { maxDailyCostCents: null }, fields)).toEqual({
    setWorkspaceCostCaps: { workspace: { cost: { maxCostCents: 900 }, costToday: { maxCostCents: null } } },
  });
});
