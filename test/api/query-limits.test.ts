import {
  type FieldNode,
  type FragmentDefinitionNode,
  getIntrospectionQuery,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { QUERY_LIMITS } from '../../src/api/operations/query-limits.ts';
import { type Answer, useTestApi } from '../support/test-api.ts';

const api = useTestApi();

const refused = { errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }] };
type Cost = { depth: number; complexity: number };
const costOf = (answer: Answer<unknown>) => (answer as { extensions?: { cost: Cost } }).extensions?.cost;

/** `{ node { scenes { project { scenes … id } } } }`, so many fields deep. */
const deep = (fields: number, inner = 'id') => {
  const names = Array.from({ length: fields - 1 }, (_, index) => (index % 2 ? 'project' : 'scenes'));
  return names.reduceRight((selection, name) => `${name} { ${selection} }`, inner);
};

/** 1 page, its edges and nodes, and 10 keyframes' worth of fields for each of 10 scenes. */
const PAGE = `query ($first: Int) {
  projects(first: $first) { edges { node { scenes { keyframes { scene { keyframes { ...Frame } } } } } } }
}
fragment Frame on Keyframe { id }`;

test('an operation’s cost is told beside its answer', async () => {
  const cost = costOf(await api.send('{ projects(first: 5) { totalCount edges { node { id } } } }'));
  // The page, read by itself, and its three fields and their one each as often as it may have rows.
  expect(cost).toEqual({ depth: 4, complexity: 20 + 5 * 4 });
});

test('a page counts as many rows as are asked for, wherever that is said', async () => {
  const small = await api.send(PAGE, { first: 1 });
  expect(small.errors).toBeUndefined();
  expect(costOf(small)?.complexity).toBeLessThan(QUERY_LIMITS.complexity / 10);
  expect(await api.send(PAGE, { first: 100 })).toMatchObject(refused);
  expect(await api.send(PAGE.replace('$first)', '100)').replace('($first: Int)', ''))).toMatchObject(refused);
});

test('an estimate counts as the reading that it is: not for every scene of a hundred projects', async () => {
  const query = `query ($first: Int) {
    projects(first: $first) { edges { node { scenes { retryEstimate { isFree } } } } }
  }`;
  expect((await api.send(query, { first: 10 })).errors).toBeUndefined();
  expect(await api.send(query, { first: 100 })).toMatchObject(refused);
});

const estimates = (count: number) => {
  const fields = Array.from(
    { length: count },
    (_, index) => `e${index}: estimateFilm(input: { prompt: $prompt }) { __typename }`,
  );
  return `query ($prompt: String!) { ${fields.join(' ')} }`;
};

test(
  'an estimate counts by the prompt it reads, not as the one field that it is',
  { tags: 'long' },
  async () => {
    const prompt = 'The keeper walks along the shore. '.repeat(580);
    expect(await api.send(estimates(240), { prompt })).toMatchObject(refused);
    expect((await api.send(estimates(5), { prompt })).errors).toBeUndefined();
    expect((await api.send(estimates(240), { prompt: 'A cat.' })).errors).toBeUndefined();
  },
);

describe('the schema’s description is not told without end', () => {
  test('all of it several times', async () => {
    const { definitions, ...document } = parse(getIntrospectionQuery({ descriptions: true }));
    const [operation, ...fragments] = definitions as [OperationDefinitionNode, ...FragmentDefinitionNode[]];
    const [field] = operation.selectionSet.selections as [FieldNode];
    const selections = ['a', 'b', 'c', 'd'].map((value) => ({
      ...field,
      alias: { kind: Kind.NAME, value } as const,
    }));
    const selectionSet = { ...operation.selectionSet, selections };
    const asked = { ...document, definitions: [{ ...operation, selectionSet }, ...fragments] };
    expect(await api.send(print(asked))).toMatchObject(refused);
  });

  test('one thing of all types a thousand times', { tags: 'long' }, async () => {
    const names = Array.from({ length: 1_000 }, (_, index) => `n${index}: name`).join(' ');
    expect(await api.send(`{ __schema { types { ${names} } } }`)).toMatchObject(refused);
    const spread = `{ __schema { types { ...Names } } } fragment Names on __Type { ${names} }`;
    expect(await api.send(spread)).toMatchObject(refused);
  });
});

/** A field of a hundred projects, so many times. */
const often = (field: string, aliases: number) => {
  const fields = Array.from({ length: aliases }, (_, index) => `f${index}: ${field}`);
  return `{ projects(first: 100) { edges { node { ${fields.join(' ')} } } } }`;
};

test('what reads by itself counts as more than a field, in each row of a page', async () => {
  expect((await api.send(often('title', 200))).errors).toBeUndefined();
  expect(await api.send(often('cost { settledMicroUsd }', 50))).toMatchObject(refused);
  expect(await api.send(often('runs(first: 1) { totalCount }', 50))).toMatchObject(refused);
});

describe('what may ask for too much is not executed', () => {
  test('if it goes too deep, with how deep it may', async () => {
    const { depth } = QUERY_LIMITS;
    const { errors } = await api.send(
      `{ videos(first: 1) { edges { node { project { ${deep(depth - 3)} } } } } }`,
    );
    expect(errors).toMatchObject([{ message: expect.stringContaining(`${depth} are allowed`) as string }]);
  });

  test('and answered with 400', async () => {
    const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
    const body = JSON.stringify({ query: PAGE, variables: { first: 100 } });
    const response = await fetch(`${api.api.url}/graphql`, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
  });

  test('if it is a mutation: nothing was changed', async () => {
    const selection = `... on CreateProjectPayload { project { ${deep(21)} } }`;
    const mutation = `mutation { createProject(input: { prompt: "A prompt." }) { ${selection} } }`;
    expect(await api.send(mutation)).toMatchObject(refused);
    expect(await api.db.project.count()).toBe(0);
  });

  test('if it is a subscription', async () => {
    const client = api.connect();
    const query = `subscription { workspaceEvents { ... on SceneChanged { scene { project { ${deep(21)} } } } } }`;
    const { value } = (await client.iterate({ query }).next()) as { value: Answer<unknown> };
    expect(value.errors).toMatchObject(refused.errors);
    await client.dispose();
  });
});

/** A project's prompt so often: 50 fields each. */
const promptOf = (count: number) => {
  const fields = Array.from({ length: count }, (_, index) => `p${index}: prompt`);
  return `project { ${fields.join(' ')} }`;
};

test(
  'an event may have a fifth of what is asked once: it is executed for each group of subscribers',
  { tags: 'long' },
  async () => {
    const listen = async (count: number) => {
      const client = api.connect();
      const query = `subscription { workspaceEvents { __typename ... on ProjectChanged { ${promptOf(count)} } } }`;
      const { value } = (await client.iterate({ query }).next()) as { value: Answer<unknown> };
      await client.dispose();
      return value;
    };
    expect((await listen(190)).errors).toBeUndefined();
    expect((await listen(210)).errors).toMatchObject(refused.errors);
    expect((await api.send(prompts(210).replace('100', '4'))).errors).toBeUndefined();
  },
);

test('a text without end is not read to its end', async () => {
  const { errors } = await api.send(`{ ${'__typename '.repeat(10_001)} }`);
  expect(errors?.[0]?.message).toContain('more than 4000 tokens');
});

test('what the graph says of itself costs one field, so that every tool may ask', async () => {
  const answer = await api.send(getIntrospectionQuery());
  expect(answer.errors).toBeUndefined();
  expect(costOf(answer)).toEqual({ depth: 1, complexity: 1 });
});

/** Asks a page of projects for their prompt, so often each. */
function prompts(count: number): string {
  const fields = Array.from({ length: count }, (_, index) => `p${index}: prompt`);
  return `{ projects(first: 100) { edges { node { ${fields.join(' ')} } } } }`;
}

test('a long text counts as what it takes: the same prompt under many names is refused', async () => {
  expect(await api.send(prompts(20))).toMatchObject(refused);
  expect((await api.send(prompts(1))).errors).toBeUndefined();
});
