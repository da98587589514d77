import type { TestApi } from '../../support/test-api.ts';

/** Sends a sheet as upload clients do. */
export async function uploadSheet(api: TestApi, text: string | Uint8Array, input: object, name: string) {
  const query = `mutation ($input: PreviewJobInput!) { result: previewJob(input: $input) { __typename
    ... on UserError { code message } ... on InvalidInputError { issues { path message } }
    ... on JobPayload { job { id digest name columns mapping source totalRows invalidRows duplicateRows } } } }`;
  const form = new FormData();
  form.set('operations', JSON.stringify({ query, variables: { input: { ...input, file: null } } }));
  form.set('map', JSON.stringify({ 0: ['variables.input.file'] }));
  form.set('0', new Blob([text as BlobPart]), name);
  const headers = { 'apollo-require-preflight': '1' };
  const response = await fetch(`${api.api.url}/graphql`, { method: 'POST', body: form, headers });
  const body = (await response.json()) as { data: { result: Record<string, never> } };
  return body.data.result;
}
