import { serverAudits } from 'graphql-http';
import { expect, test } from 'vitest';
import { useTestApi } from '../support/test-api.ts';

const api = useTestApi();

for (const { id, name, fn } of serverAudits({ url: () => `${api.api.url}/graphql` })) {
  test(`GraphQL over HTTP ${id}: ${name}`, async () => {
    const result = await fn();
    expect(result).toMatchObject({ status: 'ok' });
  });
}
