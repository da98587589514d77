import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { misfitsOf, parseOrRefuse } from '../../src/api/operations/documents.ts';
import { schema } from '../../src/api/schema.ts';
import { useTestApi } from '../support/test-api.ts';

const api = useTestApi();

type Request = { query: string; variables?: object; operationName?: string };

async function post(request: object, accept = 'application/graphql-response+json') {
  const response = await fetch(`${api.api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify(request),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Sends a message after others, and gives what came of it: what the server said, or the code it closed with. */
async function say(message: string, { isIn = true } = {}): Promise<unknown> {
  const socket = new WebSocket(`${api.api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  if (isIn) {
    socket.send('{"type":"connection_init"}');
    await once(socket, 'message');
  }
  socket.send(message);
  try {
    return await Promise.race([
      once(socket, 'message').then(([said]) => (JSON.parse(String(said)) as { payload: unknown }).payload),
      once(socket, 'close').then(([code]) => code as number),
    ]);
  } finally {
    socket.terminate();
  }
}
const overSocket = (payload: object) => say(JSON.stringify({ id: '1', type: 'subscribe', payload }));

/** The same request, once read on the event loop and otherwise aside. */
const withLongDocument = ({ query, ...rest }: Request) => ({
  query: `${query} # ${'x'.repeat(5_000)}`,
  ...rest,
});
const withManyPieces = ({ variables, ...rest }: Request) => ({
  ...rest,
  variables: { ...variables, unused: Array.from({ length: 1_100 }, () => 'x'.repeat(16)) },
});

const CREATE = 'mutation ($input: CreateProjectInput!) { createProject(input: $input) { __typename } }';
const REQUESTS: [string, Request][] = [
  ['a good one', { query: '{ __typename }' }],
  [
    'a good one with variables',
    { query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', variables: { ids: [] } },
  ],
  ['a syntax error', { query: '{ projects(first: 1 { totalCount } }' }],
  ['a field that is not there', { query: '{ nothing }' }],
  ['a field that is not in an input', { query: CREATE, variables: { input: { prompt: 'a', promt: 'b' } } }],
  [
    'half an emoji',
    { query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', variables: { ids: ['\uD83D'] } },
  ],
  ['a literal of the wrong kind', { query: '{ projects(first: "x") { totalCount } }' }],
  [
    'too much at once',
    {
      query: `{ projects(first: 100) { edges { node { scenes { clips(first: 100) { totalCount edges { node { id } } } } } } } }`,
    },
  ],
  [
    'an operation that is not there',
    { query: 'query A { __typename } query B { __typename }', operationName: 'C' },
  ],
];

describe('what is read aside is answered as what is read on the event loop', () => {
  test.each(REQUESTS)('%s', async (_what, request) => {
    const { status, text } = await post(request);
    const socket = await overSocket(request);
    const [long, many] = [withLongDocument(request), withManyPieces(request)];
    for (const answer of [await post(long), await post(many)]) {
      expect({ status: answer.status, ...JSON.parse(answer.text) }).toEqual({ status, ...JSON.parse(text) });
    }
    for (const large of [long, many]) expect(await overSocket(large)).toEqual(socket);
  });

  test.each<[string, unknown]>([
    ['a list', []],
    ['no query', { query: null }],
    ['a query that is no text', { query: 7 }],
    ['variables that are a list', { query: '{ __typename }', variables: [] }],
    ['a field that no request has', { query: '{ __typename }', more: 1 }],
  ])('a body that is no request: %s', async (_what, body) => {
    const many = Array.from({ length: 20_000 }, () => 0);
    const large = Array.isArray(body) ? many : { ...(body as object), extensions: { many } };
    const [small, answer] = [await post(body as object), await post(large)];
    expect(answer.status).toBe(small.status);
    expect(answer.text).toBe(small.text);
  });

  test('a subscription, over Server-Sent Events and a socket', async () => {
    const request = { query: 'subscription { workspaceEvents { nothing } }' };
    for (const large of [withLongDocument(request), withManyPieces(request)]) {
      expect((await post(large, 'text/event-stream')).text).toContain('GRAPHQL_VALIDATION_FAILED');
      expect(await overSocket(large)).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
    }
  });
});

const sendMisfit = async (query: string): Promise<void> => {
  const { errors } = await api.send(query);
  expect(errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
};

/** Least of the CPU times that some work takes on the thread that serves. */
async function leastCpu(queries: readonly string[], work: (query: string) => unknown): Promise<number> {
  const times: number[] = [];
  for (const query of queries) times.push(await cpuOf(() => work(query)));
  return Math.min(...times);
}

/** CPU time of the thread that serves, while something is done. */
async function cpuOf(work: () => unknown): Promise<number> {
  const from = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(from);
  return (user + system) / 1_000;
}

test.each([
  [
    'of a large one',
    (name: string) => Array.from({ length: 1_300 }, (_, index) => `${name}: b${index}`).join(' '),
  ],
  [
    'of a small one that compares each field with each other',
    (name: string) => `${name}:b ${name}:c `.repeat(500),
  ],
])(
  'a document’s validation takes nothing of the event loop: %s',
  { tags: 'long' },
  async (_what, fieldsOf) => {
    // What is done for the first time takes long by itself, and none of these is known from before.
    const queries = ['a', 'c', 'd'].map((name) => `{ ${fieldsOf(name)} }`);
    const small = ['a', 'c', 'd'].map((name) => `{ ${`${name} `.repeat(25)}}`);
    const sent = (await leastCpu(queries, sendMisfit)) - (await leastCpu(small, sendMisfit));
    const here = await leastCpu(queries, (query) => misfitsOf(schema, parseOrRefuse(query)));
    expect(sent).toBeLessThan(here / 2);
  },
);

test('too many large requests at once of one client are refused with 503, and when to come back', async () => {
  const variables = { long: 'x'.repeat(900_000) };
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => post({ query: '{ __typename }', variables })),
  );
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.length).toBeLessThan(8);
  for (const { status, headers, text } of refused) {
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('5');
    expect(text).toContain('"code":"OVERLOADED"');
  }
  const metrics = await (await fetch(`${api.api.url}/metrics`)).text();
  expect(metrics).toContain(`vidpipe_refused_total{reason="large_requests"} ${refused.length}\n`);
});

describe('a long message that a client may not say closes the socket', () => {
  const payload = { many: Array.from({ length: 10_000 }, () => 0) };
  test.each([
    ['a ping', '{"type":"ping"', {}],
    ['what only servers say', '{"type":"next","id":"1"', {}],
    ['a connection_init', '{"type":"connection_init"', { isIn: false }],
    ['no JSON', '{', {}],
  ])('%s', async (_what, beginning, how) => {
    expect(await say(`${beginning},"payload":${JSON.stringify(payload)}}`, how)).toBe(4400);
  });
});
