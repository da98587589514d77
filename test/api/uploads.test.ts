/** Files that come with requests: where they lie, how many, and when they go. */
import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { openTestApi, useTestApi } from '../support/test-api.ts';
import { type FormPart, formOf, sendHead } from './support/raw-form.ts';

const api = useTestApi();

const MEGABYTE = 1_000_000;
const SHEET = 'Prompt\nA lighthouse at dusk\n';
const PREVIEW = `mutation ($input: PreviewJobInput!) { result: previewJob(input: $input) { __typename
  ... on UserError { code message } ... on JobPayload { job { name source totalRows } } } }`;

const asking = (input = {}): FormPart => ({
  name: 'operations',
  text: JSON.stringify({ query: PREVIEW, variables: { input: { file: null, ...input } } }),
});
const map: FormPart = { name: 'map', text: '{"0":["variables.input.file"]}' };
const sheet: FormPart = { name: '0', text: SHEET, fileName: 'films.csv' };

type Answer = { data?: { result: { job?: object } }; errors?: { message: string; extensions: object }[] };

async function send(parts: readonly FormPart[], change = (body: Buffer<ArrayBuffer>) => body) {
  const { type, body } = formOf(parts);
  const headers = { 'content-type': type, 'apollo-require-preflight': '1' };
  const response = await fetch(`${api.api.url}/graphql`, { method: 'POST', headers, body: change(body) });
  return { status: response.status, ...((await response.json()) as Answer) };
}

/** Sizes of what lies in the folder for temporary files. */
async function uploads(): Promise<number[]> {
  const work = path.join(path.dirname(api.storage.locationOf('any')), '.temporary');
  const files = await readdir(work, { recursive: true });
  const found = files.filter((file) => file.endsWith('.upload'));
  return Promise.all(found.map(async (file) => (await stat(path.join(work, file))).size));
}

const gone = () => vi.waitFor(async () => expect(await uploads()).toEqual([]), 5_000);

/** Begins to send a sheet of 50 MB; two of them are on their way then. */
async function begin(url: string): Promise<Socket> {
  const { type, body } = formOf([asking(), map, { ...sheet, text: SHEET.padEnd(50 * MEGABYTE) }]);
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  sendHead(socket, { type, length: body.length });
  await new Promise((resolve) => void socket.write(body.subarray(0, 2 * MEGABYTE), resolve));
  return socket;
}

const twice: FormPart[] = [
  {
    name: 'operations',
    text: JSON.stringify({ query: PREVIEW, variables: { input: { file: null }, copy: null } }),
  },
  { name: 'map', text: '{"0":["variables.input.file","variables.copy"]}' },
];

test.each<[what: string, parts: FormPart[]]>([
  ['after what asks for it', [asking(), map, sheet]],
  ['that comes first', [sheet, map, asking()]],
  ['that goes to two places', [...twice, sheet]],
  ['with a name of all letters', [asking(), map, { ...sheet, fileName: 'Füchse 狐.csv' }]],
])('a file %s is read, and nothing of it stays', async (_what, parts) => {
  const { data } = await send(parts);
  const fileName = parts.find((part) => part.fileName !== undefined)?.fileName;
  const source = { fileName, sizeBytes: SHEET.length };
  expect(data?.result.job).toMatchObject({ name: fileName, source, totalRows: 1 });
  await gone();
});

test('a file without a name is read', async () => {
  const { data } = await send([asking(), map, { name: '0', text: SHEET, type: 'application/octet-stream' }]);
  expect(data?.result.job).toMatchObject({ name: 'Rows', source: { fileName: null }, totalRows: 1 });
});

test('a file that nothing asks for is left out', async () => {
  const inline = asking({ file: undefined, rows: [{ prompt: 'A fox.' }] });
  const { data } = await send([inline, { ...map, text: '{}' }, sheet]);
  expect(data?.result.job).toMatchObject({ name: 'Rows' });
  await gone();
});

test('a file of 51 MB gets its typed error', { tags: 'long' }, async () => {
  const { data } = await send([asking(), map, { ...sheet, text: SHEET.padEnd(51 * MEGABYTE) }]);
  expect(data?.result).toMatchObject({ __typename: 'InvalidInputError', code: 'INVALID_INPUT' });
  await gone();
});

test.each<[what: string, parts: FormPart[], change: (body: Buffer<ArrayBuffer>) => Buffer<ArrayBuffer>]>([
  ['breaks off in its file', [asking(), map, sheet], (body) => body.subarray(0, -60)],
  ['breaks off in a text', [asking(), map], (body) => body.subarray(0, -60)],
  ['has no part', [], (body) => body],
  ['has two files', [asking(), map, sheet, { ...sheet, name: '1' }], (body) => body],
  ['has its file as a text', [asking(), map, { name: '0', text: SHEET }], (body) => body],
  ['has a text of over a megabyte', [asking({ name: 'x'.repeat(MEGABYTE) }), map, sheet], (body) => body],
])('a form that %s is refused, and nothing of it stays', async (_what, parts, change) => {
  const { status, errors } = await send(parts, change);
  expect(status).toBe(400);
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
  await gone();
});

test('a form that is refused early leaves its connection to the next request', async () => {
  const { hostname, port } = new URL(api.api.url);
  const socket = connect(Number(port), hostname);
  const refused = formOf([
    { ...sheet, name: '1' },
    { ...sheet, text: SHEET.padEnd(5 * MEGABYTE) },
  ]);
  sendHead(socket, { type: refused.type, length: refused.body.length });
  socket.write(refused.body);
  socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
  let heard = '';
  socket.on('data', (data: Buffer) => (heard += String(data)));
  await vi.waitFor(() => expect(heard).toMatch(/^HTTP\/1.1 400 [^]*HTTP\/1.1 200 /), 5_000);
  socket.destroy();
});

test('a form without a boundary is refused', async () => {
  const headers = { 'content-type': 'multipart/form-data; charset=utf-8', 'apollo-require-preflight': '1' };
  const response = await fetch(`${api.api.url}/graphql`, { method: 'POST', headers, body: 'x' });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
});

test('a file lies on the disk while it comes, and is gone with its client', async () => {
  const socket = await begin(api.api.url);
  await vi.waitFor(async () => expect((await uploads())[0]).toBeGreaterThan(MEGABYTE), 5_000);
  socket.destroy();
  await gone();
});

test('a file that comes too slowly is let go of', { tags: 'long' }, async () => {
  await using short = await openTestApi({ limits: { headersSeconds: 1, requestSeconds: 1 } }).then(
    disposable,
  );
  const socket = await begin(short.api.url);
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1.1 408 /);
  socket.destroy();
});

test('more files at once than there is room for are refused for now, unread', async () => {
  await using narrow = await openTestApi({ limits: { maxUploadBytes: 60 * MEGABYTE } }).then(disposable);
  const first = await begin(narrow.api.url);
  const second = await begin(narrow.api.url);
  const [answer] = await once(second, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1.1 503 [^]*retry-after: 10[^]*"OVERLOADED"/i);
  expect(await (await fetch(`${narrow.api.url}/metrics`)).text()).toContain(
    'vidpipe_refused_total{reason="uploads"} 1\n',
  );
  second.destroy();
  first.destroy();
  const third = await begin(narrow.api.url);
  third.destroy();
});

const disposable = <Api extends { remove(): Promise<void> }>(opened: Api) => ({
  ...opened,
  [Symbol.asyncDispose]: () => opened.remove(),
});
