import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.remove());

for (const { id, name, fn } of serverAudits({ url: () => `${api.api.url}/graphql` })) {
  test(`GraphQL over HTTP ${id}: ${name}`, async () => {
    const result = await fn();
    expect(result).toMatchObject({ status: 'ok' });
  });
}
