import { describe, expect, test } from 'vitest';
import { type Answer, useTestApi } from '../support/test-api.ts';
import { postForm } from './support/upload.ts';

const api = useTestApi();

const LONG = 'x'.repeat(500_000);

describe('what a client sent is quoted by its beginning alone', () => {
  test('where a request holds what none has', async () => {
    const response = await fetch(`${api.api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }', [LONG]: 1 }),
    });
    const text = await response.text();
    expect(response.status).toBe(400);
    expect(text).toContain('Unexpected parameter');
    expect(text.length).toBeLessThan(3_000);
  });

  test.each([
    ['more files than there may be', Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [i, [i]]))],
    ['more places of a file', { 0: Array.from({ length: 60_000 }, (_, index) => index) }],
    ['a file that is not there', { [LONG]: ['variables.image'] }],
  ])('where a form names %s', async (_, map) => {
    const form = new FormData();
    form.set('operations', JSON.stringify({ query: '{ __typename }', variables: { image: null } }));
    form.set('map', JSON.stringify(map));
    form.set('0', new Blob(['x']), 'x.png');
    const response = await postForm(api, form);
    const text = await response.text();
    expect(response.status).toBe(400);
    expect(text).toContain('The multipart request is not well made. map');
    expect(text.length).toBeLessThan(3_000);
  });
});

const refusal = (path: string[]): Answer<unknown> => ({
  errors: [
    {
      message: `${path.join('.')}: Must not be null.`,
      extensions: { code: 'INVALID_INPUT', issues: [{ path, message: 'Must not be null.' }] },
    },
  ],
});

describe('null for a variable that has a default is refused by its name where the schema takes none', () => {
  test.each([
    ['mutation ($v: String = "A.") { createProject(input: { prompt: $v }) { __typename } }', ['prompt']],
    ['query ($v: ID = "x") { node(id: $v) { __typename } }', ['id']],
    ['query ($v: Boolean = true) { workspace { id @skip(if: $v) } }', ['if']],
  ])('%s', async (query, path) => {
    expect(await api.send(query, { v: null })).toMatchObject(refusal(path));
  });

  test('and taken where the schema takes it', async () => {
    const query = 'query ($v: String = "x") { projects(after: $v) { totalCount } }';
    expect((await api.send(query, { v: null })).errors).toBeUndefined();
  });
});
