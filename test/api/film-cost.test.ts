/** What a film costs, in the graph: before it is begun, while it is made, and after it. */
import type { Client } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useTestApi } from '../support/test-api.ts';
import { usePaidFilms } from '../support/use-paid-provider.ts';

let client: Client;
const server = usePaidFilms();
const api = useTestApi({ workers: 2 });
beforeAll(() => {
  client = api.connect();
});
afterAll(async () => {
  await client.dispose();
});

type Cost = { settledMicroUsd: number; totalMicroUsd: number };
type Run = { id: string; project: { id: string } };

const COST = 'cost { settledMicroUsd totalMicroUsd }';
const input = { prompt: 'A fox wakes. A hare runs.', targetClipDuration: 1, targetDuration: 2 };

/** What followers of a run are told it has cost, from its first event to its last. */
async function followCost(id: string): Promise<Cost[]> {
  const query = `subscription ($id: ID!) { runProgress(runId: $id) { ${COST} } }`;
  const told: Cost[] = [];
  const events = client.iterate<{ runProgress: { cost: Cost } }>({ query, variables: { id } });
  for await (const { data } of events) if (data) told.push(data.runProgress.cost);
  return told;
}

test('estimate, live cost and bill agree, in whole micro-USD', { tags: 'long' }, async () => {
  const { estimate } = await api.ask<{ estimate: { totalMicroUsd: { low: number; high: number } } }>(
    `query ($input: GenerateFilmInput!) {
      estimate: estimateFilm(input: $input) { ... on FilmEstimate { totalMicroUsd { low high } } }
    }`,
    { input },
  );
  expect(estimate.totalMicroUsd).toEqual({ low: 329_000, high: 347_000 });

  const { launched } = await api.ask<{ launched: { run: Run } }>(
    `mutation ($input: GenerateFilmInput!) {
      launched: generateFilm(input: $input) { ... on GenerateFilmPayload { run { id project { id } } } }
    }`,
    { input },
  );
  const { id, project } = launched.run;
  const told = await followCost(id);
  const settled = told.map(({ settledMicroUsd }) => settledMicroUsd);
  expect(settled).toEqual(settled.toSorted((one, other) => one - other));
  expect(new Set(settled).size).toBeGreaterThan(3);

  const after = await api.ask<{
    run: { cost: Cost; estimatedCostMicroUsd: number };
    project: { cost: Cost; estimate: object };
  }>(
    `query ($run: ID!, $project: ID!) {
      run: pipelineRun(id: $run) { ${COST} estimatedCostMicroUsd }
      project(id: $project) {
        ${COST}
        estimate { settledMicroUsd reservedMicroUsd remainingMicroUsd { high } stages { stage settledMicroUsd } }
      }
    }`,
    { run: id, project: project.id },
  );
  const bill = { settledMicroUsd: 329_000, totalMicroUsd: 329_000 };
  expect(after.run).toEqual({ cost: bill, estimatedCostMicroUsd: 329_000 });
  expect(after.project).toEqual({
    cost: bill,
    estimate: {
      settledMicroUsd: 329_000,
      reservedMicroUsd: 0,
      remainingMicroUsd: { high: 0 },
      stages: [
        { stage: 'STORYBOARD', settledMicroUsd: 9_000 },
        { stage: 'KEYFRAMES', settledMicroUsd: 120_000 },
        { stage: 'CLIPS', settledMicroUsd: 200_000 },
        { stage: 'STITCH', settledMicroUsd: 0 },
      ],
    },
  });
  const books = await server.ledger();
  expect(books.reduce((sum, { chargedMicroUsd }) => sum + chargedMicroUsd, 0)).toBe(329_000);
});
