import { Lexer } from 'graphql';
import { describe, expect, test, vi } from 'vitest';
import { type Answer, useTestApi } from '../support/test-api.ts';

const api = useTestApi();

const CREATE = 'mutation ($input: CreateProjectInput!) { createProject(input: $input) { __typename } }';
const unknownFields = (count: number) =>
  Object.fromEntries([
    ['prompt', 'A cat.'],
    ...Array.from({ length: count }, (_, index) => [`f${index}`, index]),
  ]);

/** Sends a request as a client of GraphQL over HTTP does that takes only this kind of answer. */
async function post(accept: string, query: string, variables?: object) {
  const response = await fetch(`${api.api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, text: await response.text() };
}
const GRAPHQL_JSON = 'application/graphql-response+json';
const answerOf = (text: string) => JSON.parse(text) as Answer<unknown>;

/** The answer to an operation over a WebSocket. */
async function overSocket(query: string, variables?: Record<string, unknown>): Promise<Answer<unknown>> {
  const client = api.connect();
  try {
    const { value } = await client.iterate({ query, ...(variables && { variables }) }).next();
    return value as Answer<unknown>;
  } catch (errors) {
    // How graphql-ws hands over the errors of what was not executed.
    return { errors: errors as NonNullable<Answer<unknown>['errors']> };
  } finally {
    await client.dispose();
  }
}

const expectTwenty = (text: string) => {
  expect(text.length).toBeLessThan(20_000);
  const { errors = [] } = answerOf(text);
  expect(errors).toHaveLength(20);
  for (const { extensions } of errors) expect(extensions?.code).toBe('INVALID_INPUT');
  expect(errors[0]?.extensions?.issues).toMatchObject([{ path: ['f0'] }]);
};

describe('an input of 20,000 unknown fields is told in twenty errors', () => {
  const variables = { input: unknownFields(20_000) };
  test('over HTTP, with 400', async () => {
    const { status, text } = await post(GRAPHQL_JSON, CREATE, variables);
    expect(status).toBe(400);
    expectTwenty(text);
  });

  test('over a WebSocket', async () => {
    expectTwenty(JSON.stringify(await overSocket(CREATE, variables)));
    // The process is well, and goes on.
    expect((await api.send('{ __typename }')).errors).toBeUndefined();
  });

  test('of a subscription, over Server-Sent Events', async () => {
    const query = 'subscription ($types: [EventType!]) { workspaceEvents(types: $types) { __typename } }';
    const types = Array.from({ length: 100 }, () => 'x'.repeat(1_000));
    const { text } = await post('text/event-stream', query, { types });
    expect(text.length).toBeLessThan(20_000);
    expect(text).toContain('INVALID_INPUT');
  });

  test('in the document, as far as it is read', async () => {
    const input = Object.keys(unknownFields(1_000))
      .map((name) => `${name}: "a"`)
      .join(' ');
    const { text } = await post(
      GRAPHQL_JSON,
      `mutation { createProject(input: { ${input} }) { __typename } }`,
    );
    expect(text.length).toBeLessThan(20_000);
    expect(answerOf(text).errors?.[0]?.extensions?.issues).toMatchObject([{ path: ['f0'] }]);
  });
});

test('what is wrong in one variable and in the next is told in twenty errors, too', async () => {
  const query = `query ($a: PipelineRunFilter, $b: PipelineRunFilter) {
    a: pipelineRuns(filter: $a) { totalCount }
    b: pipelineRuns(filter: $b) { totalCount }
  }`;
  const status = Array.from({ length: 30 }, () => 'LOST');
  const { errors } = await api.send(query, { a: { status }, b: { status } });
  expect(errors).toHaveLength(20);
});

test('what was sent is quoted by its beginning alone', async () => {
  const long = 'x'.repeat(300_000);
  for (const input of [{ prompt: [long] }, { prompt: 'a', provider: long }, { [long]: 1 }, long]) {
    const { text } = await post(GRAPHQL_JSON, CREATE, { input });
    expect(answerOf(text).errors?.[0]?.extensions?.code).toBe('INVALID_INPUT');
    expect(text.length).toBeLessThan(1_500);
  }
  for (const query of [
    `{ ${long} }`,
    `{ projects(first: "${long}") { totalCount } }`,
    `{ a }}} ${long}`,
    `query ${long} { a`,
    // So short that it is read on the event loop.
    `{ a } ${long.slice(0, 4_000)}`,
  ]) {
    const { text } = await post(GRAPHQL_JSON, query);
    expect(text.length).toBeLessThan(1_500);
  }
});

describe('an issue’s path names the field', () => {
  const filtered = 'query ($filter: PipelineRunFilter) { pipelineRuns(filter: $filter) { totalCount } }';
  test.each<[string, string, Record<string, unknown> | undefined, string[]]>([
    ['that is missing', CREATE, { input: {} }, ['prompt']],
    ['that nobody knows', CREATE, { input: { prompt: 'a', promt: 'b' } }, ['promt']],
    [
      'that is missing in the document',
      'mutation { createProject(input: {}) { __typename } }',
      undefined,
      ['prompt'],
    ],
    [
      'that nobody knows, in the document',
      'mutation { createProject(input: { prompt: "a", promt: "b" }) { __typename } }',
      undefined,
      ['promt'],
    ],
    ['in a list', filtered, { filter: { status: ['QUEUED', 'LOST'] } }, ['filter', 'status', '1']],
    ['that nobody knows, in an argument', filtered, { filter: { colour: 1 } }, ['filter', 'colour']],
    [
      'in a default',
      filtered.replace('PipelineRunFilter)', 'PipelineRunFilter = { colour: 1 })'),
      undefined,
      ['filter', 'colour'],
    ],
    ['of a whole input that is missing', CREATE, {}, ['input']],
  ])('%s', async (_what, query, variables, path) => {
    const { errors } = await api.send(query, variables);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path }] });
  });
});

const nested = (depth: number, before: string, after: string) => before.repeat(depth) + after.repeat(depth);

describe('what is too deep to walk is refused as such', () => {
  const DEEP = 1_900;
  test.each([
    ['fields', `{a${nested(DEEP, '{a', '}')}}`],
    ['inline fragments', `{${nested(DEEP, '... {', '}')}}`],
    ['lists', `{ nodes(ids: ${nested(DEEP, '[', ']')}) { id } }`],
    [
      'objects',
      `mutation { createProject(input: ${'{a:'.repeat(DEEP)}1${'}'.repeat(DEEP)}) { __typename } }`,
    ],
    ['types', `query ($a: ${'['.repeat(DEEP)}Int${']'.repeat(DEEP)}) { providers { name } }`],
  ])('%s of a document', async (_what, query) => {
    for (const { errors } of [await api.send(query), await overSocket(query)]) {
      expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
    }
  });

  test.each([
    ['objects', '{"a":', '}'],
    ['lists', '[', ']'],
  ])('%s of the variables', async (_what, open, close) => {
    const value = `${open.repeat(50_000)}1${close.repeat(50_000)}`;
    for (const [query, name] of [
      [CREATE, 'input'],
      ['subscription ($after: String) { workspaceEvents(after: $after) { __typename } }', 'after'],
      ['subscription { workspaceEvents { __typename } }', 'unused'],
    ]) {
      const response = await fetch(`${api.api.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: `${GRAPHQL_JSON}, text/event-stream` },
        body: `{"query":${JSON.stringify(query)},"variables":{"${name}":${value}}}`,
      });
      expect(await response.text()).toContain('"code":"INVALID_INPUT"');
    }
  });
});

test('a list that is too long for one statement is refused by its name', async () => {
  const status = Array.from({ length: 32_766 }, () => 'QUEUED');
  const query = 'query ($status: [RunStatus!]) { pipelineRuns(filter: { status: $status }) { totalCount } }';
  const { errors } = await api.send(query, { status });
  const issues = [{ path: ['filter', 'status'] }];
  expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', issues } }]);
});

describe('what PostgreSQL cannot hold comes in nowhere', () => {
  test.each([
    ['NUL', 'a\0b'],
    ['half of an emoji', 'a\uD83Db'],
  ])('%s', async (_what, text) => {
    const settle =
      'mutation ($input: SettleUnknownCallInput!) { settleUnknownCall(input: $input) { __typename } }';
    const input = { runId: text, operationKey: text, outcome: 'WAS_CHARGED' };
    const settled = await api.send(settle, { input });
    expect(settled.errors?.map(({ extensions }) => extensions?.issues?.[0]?.path)).toEqual([
      ['operationKey'],
      ['runId'],
    ]);
    const { errors } = await api.send('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: ['a', text],
    });
    expect(errors?.[0]?.extensions?.issues).toMatchObject([{ path: ['ids', '1'] }]);
  });

  test('nor in a document', async () => {
    const { errors } = await api.send(String.raw`{ project(id: "a\u0000b") { id } }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: ['id'] }] });
  });
});

test.each(['variables', 'extensions'])(
  '%s in an address that are no JSON are the client’s mistake',
  async (name) => {
    const address = `${api.api.url}/graphql?query={__typename}&${name}={bad`;
    const response = await fetch(address, { headers: { accept: GRAPHQL_JSON } });
    expect(response.status).toBe(400);
    expect(answerOf(await response.text()).errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
  },
);

test('a document that is no good is kept nowhere: each time it comes it is read anew', async () => {
  const query = '{ nobodyKnowsThis }';
  const tokensRead = async () => {
    const reading = vi.spyOn(Lexer.prototype, 'advance');
    await api.send(query);
    const lexers = reading.mock.contexts as Lexer[];
    reading.mockRestore();
    return lexers.filter(({ source }) => source.body === query).length;
  };
  const first = await tokensRead();
  expect(first).toBeGreaterThan(0);
  expect(await tokensRead()).toBe(first);
});

describe('a syntax error', () => {
  test('is one over HTTP, whatever transport it came over first', async () => {
    const query = '{ projects(first: 1 { totalCount } }';
    expect((await overSocket(query)).errors?.[0]?.extensions?.code).toBe('GRAPHQL_PARSE_FAILED');
    const { status, text } = await post(GRAPHQL_JSON, query);
    expect(status).toBe(400);
    expect(answerOf(text).errors?.[0]?.extensions?.code).toBe('GRAPHQL_PARSE_FAILED');
    // Again, and the other way around.
    expect(JSON.stringify(await overSocket(query))).not.toContain('"http"');
  });

  test('and so is a field that is not there', async () => {
    const query = '{ nothing }';
    expect((await overSocket(query)).errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
    const { status, text } = await post(GRAPHQL_JSON, query);
    expect(status).toBe(400);
    expect(answerOf(text).errors?.[0]?.extensions).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED' });
  });
});
