/** What a page of an allowed other origin can do, in a real browser, which asks for leave before most of it. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createCanvas } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { findChromium } from '../support/needs.ts';
import { seedProject } from '../support/seed.ts';
import { openTestApi, type TestApi } from '../support/test-api.ts';
import { upload } from '../api/support/upload.ts';
import { type Browser, openBrowser, PAGE_MILLISECONDS } from './support/open-browser.ts';

const executablePath = findChromium();

/** A server of one empty page. */
async function servePage(): Promise<{ server: Server; origin: string }> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>A page</title>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe.skipIf(executablePath === null)('a page of another origin', { timeout: PAGE_MILLISECONDS }, () => {
  let guest: Awaited<ReturnType<typeof servePage>>;
  let stranger: Awaited<ReturnType<typeof servePage>>;
  let api: TestApi;
  let browser: Browser;
  let projectId: string;
  beforeAll(async () => {
    guest = await servePage();
    stranger = await servePage();
    api = await openTestApi({ limits: { allowedOrigins: [guest.origin] } });
    projectId = encodeGlobalId('Project', await seedProject(api.db));
    browser = await openBrowser(executablePath);
    await browser.page.goto(guest.origin);
  }, PAGE_MILLISECONDS);
  afterAll(async () => {
    await browser?.close();
    await api?.remove();
    guest?.server.close();
    stranger?.server.close();
  });

  const newPicture = async (name: string) => {
    const image = await createCanvas(300, 200).encode('png');
    const { referenceImage } = await upload(api, { projectId, name }, image);
    return referenceImage?.url ?? expect.unreachable();
  };

  test('adds a reference image', async () => {
    const image = (await createCanvas(64, 64).encode('png')).toString('base64');
    const answer = await browser.page.evaluate(
      async ({ url, project, picture }) => {
        const form = new FormData();
        const query = `mutation ($input: AddReferenceImageInput!) { addReferenceImage(input: $input) { __typename } }`;
        const input = { projectId: project, name: 'Mara', image: null };
        form.set('operations', JSON.stringify({ query, variables: { input } }));
        form.set('map', '{"0":["variables.input.image"]}');
        form.set('0', await (await fetch(`data:image/png;base64,${picture}`)).blob(), 'mara.png');
        const headers = { 'Apollo-Require-Preflight': 'true' };
        return (await fetch(url, { method: 'POST', headers, body: form })).json();
      },
      { url: `${api.api.url}/graphql`, project: projectId, picture: image },
    );
    expect(answer).toMatchObject({ data: { addReferenceImage: { __typename: 'AddReferenceImagePayload' } } });
  });

  test('sends a key and what its client adds, and reads the id of its request', async () => {
    const told = await browser.page.evaluate(async (url) => {
      const headers = {
        Authorization: 'Bearer vp_0',
        'Content-Type': 'application/json',
        'X-Request-Id': 'mine-1',
        'Apollographql-Client-Name': 'a page',
        Traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      };
      const response = await fetch(url, { method: 'POST', headers, body: '{"query":"{ __typename }"}' });
      return { body: await response.json(), id: response.headers.get('x-request-id') };
    }, `${api.api.url}/graphql`);
    expect(told).toMatchObject({ body: { data: { __typename: 'Query' } }, id: 'mine-1' });
  });

  test('comes back to a stream of events with the cursor of the last one', async () => {
    const first = await browser.page.evaluate(async (url) => {
      const query = 'subscription { workspaceEvents { __typename } }';
      const headers = {
        Accept: 'text/event-stream',
        'Content-Type': 'application/json',
        'Last-Event-ID': '0',
      };
      const { body } = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
      const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      while (!text.includes('event: next')) text += (await reader.read()).value ?? '';
      await reader.cancel();
      return text;
    }, `${api.api.url}/graphql`);
    expect(first).toContain('"ProjectChanged"');
  });

  test('reads a part of a file, and whether it has it already', async () => {
    const told = await browser.page.evaluate(
      async (url) => {
        const part = await fetch(url, { headers: { Range: 'bytes=2-5' } });
        const etag = part.headers.get('etag') ?? '';
        const again = await fetch(url, { headers: { 'If-None-Match': etag } });
        return { status: part.status, range: part.headers.get('content-range'), again: again.status };
      },
      await newPicture('A part'),
    );
    expect(told).toEqual({
      status: 206,
      range: expect.stringMatching(/^bytes 2-5\/\d+$/) as string,
      again: 304,
    });
  });

  test('shows a picture as any page shows one', async () => {
    const width = await browser.page.evaluate(
      async (url) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        return image.naturalWidth;
      },
      await newPicture('Shown'),
    );
    expect(width).toBe(300);
  });

  test('hears events over a socket', async () => {
    const acknowledged = await browser.page.evaluate(
      (url) =>
        new Promise<string>((resolve, reject) => {
          const socket = new WebSocket(url, 'graphql-transport-ws');
          socket.addEventListener('open', () => socket.send('{"type":"connection_init"}'));
          socket.addEventListener('message', ({ data }) => resolve(String(data)));
          socket.addEventListener('close', ({ code }) => reject(new Error(`Closed with ${code}`)));
        }),
      `${api.api.url.replace('http', 'ws')}/graphql`,
    );
    expect(acknowledged).toContain('connection_ack');
  });

  test('that was not allowed reads nothing', async () => {
    await browser.page.goto(stranger.origin);
    const ask = browser.page.evaluate(async (url) => {
      const headers = { 'Content-Type': 'application/json' };
      return (await fetch(url, { method: 'POST', headers, body: '{"query":"{ __typename }"}' })).text();
    }, `${api.api.url}/graphql`);
    await expect(ask).rejects.toThrow('Failed to fetch');
  });
});
