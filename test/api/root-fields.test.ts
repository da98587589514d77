import { isNonNullType } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../src/api/schema.ts';
import { useTestApi } from '../support/test-api.ts';

const api = useTestApi();

test('every field of Query and Mutation may fail alone', () => {
  const roots = [schema.getQueryType(), schema.getMutationType()];
  const fields = roots.flatMap((root) => Object.values(root?.getFields() ?? {}));
  expect(fields.length).toBeGreaterThan(30);
  expect(fields.filter(({ type }) => isNonNullType(type)).map(({ name }) => name)).toEqual([]);
});

test.each([
  ['a page', 'projects(first: -1) { totalCount }'],
  ['an id', 'nodes(ids: ["lost"]) { id }'],
  ['a day', 'usage(groupBy: DAY, from: "yesterday") { key }'],
  ['a page within', 'workspace { projects(first: -1) { totalCount } }'],
])('a refused argument leaves the other fields their answers: %s', async (_what, field) => {
  const answer = await api.send<object>(`{ good: providers { name } bad: ${field} }`);
  expect(answer.data).toMatchObject({ good: [{ name: 'ANIMATIC' }], bad: null });
  expect(answer.errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
  expect(answer.errors?.[0]?.path?.[0]).toBe('bad');
});

const make = (title: string, more: string) =>
  `${title}: createProject(input: { prompt: "A cat." }) {
    ... on CreateProjectPayload { project { id ${more} } }
  }`;

test('a mutation that was done is told, whatever fails beside it', async () => {
  const answer = await api.send<{ one: object; two: null }>(
    `mutation { ${make('one', '')} ${make('two', 'runs(first: -1) { totalCount }')} }`,
  );
  expect(answer.data).toEqual({
    one: { project: { id: expect.stringMatching(/^project_/) as string } },
    two: null,
  });
  expect(answer.errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
});
