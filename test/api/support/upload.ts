import type { TestApi } from '../../support/test-api.ts';

const MUTATION = `mutation ($input: AddReferenceImageInput!) {
  result: addReferenceImage(input: $input) {
    __typename
    ... on UserError { code message path }
    ... on AddReferenceImagePayload {
      referenceImage { id name kind url width height sizeBytes project { id } }
    }
  }
}`;

export type UploadResult = {
  __typename: string;
  code?: string;
  message?: string;
  path?: string[];
  referenceImage?: {
    id: string;
    name: string;
    kind: string;
    url: string;
    width: number;
    height: number;
    sizeBytes: number;
    project: { id: string };
  };
};

/** A multipart request as upload clients send it. */
export function uploadForm(input: object, image: Buffer): FormData {
  const form = new FormData();
  form.set(
    'operations',
    JSON.stringify({ query: MUTATION, variables: { input: { ...input, image: null } } }),
  );
  form.set('map', JSON.stringify({ 0: ['variables.input.image'] }));
  form.set('0', new Blob([new Uint8Array(image)]), 'picture.png');
  return form;
}

/** Posts a form; its length is told, as browsers and upload clients do. */
export async function postForm(
  api: TestApi,
  form: FormData,
  headers: Record<string, string> = { 'apollo-require-preflight': 'true' },
): Promise<Response> {
  const request = new Request(`${api.api.url}/graphql`, { method: 'POST', body: form });
  const body = Buffer.from(await request.arrayBuffer());
  const type = request.headers.get('content-type') ?? '';
  return fetch(request.url, { method: 'POST', body, headers: { 'content-type': type, ...headers } });
}

/** Adds a reference image; what came back, whatever it says. */
export async function upload(
  api: TestApi,
  input: { projectId: string; name: string; kind?: string },
  image: Buffer,
): Promise<UploadResult> {
  const answer = (await (await postForm(api, uploadForm(input, image))).json()) as {
    data?: { result: UploadResult };
    errors?: unknown;
  };
  if (!answer.data) throw new Error(`The upload failed: ${JSON.stringify(answer.errors)}`);
  return answer.data.result;
}
