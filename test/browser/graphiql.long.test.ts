import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KEY_PLACE } from '../../src/api/graphiql/graphiql-page.ts';
import { graphiqlTabs } from '../../src/api/graphiql/graphiql-tabs.ts';
import { findChromium } from '../support/needs.ts';
import { useTestApi } from '../support/test-api.ts';
import { type Browser, openBrowser, PAGE_MILLISECONDS } from './support/open-browser.ts';

const executablePath = findChromium();

type Films = { videos: { edges: { node: { url: string; durationSeconds: number } }[] } };

/** Lets a page draw itself so many times. */
const nextFrames = (page: Page, count: number) =>
  page.evaluate(async (frames) => {
    for (let drawn = 0; drawn < frames; drawn += 1)
      await new Promise((resolve) => requestAnimationFrame(resolve));
  }, count);

describe.skipIf(executablePath === null)('in a browser', { timeout: 2 * PAGE_MILLISECONDS }, () => {
  const api = useTestApi({ workers: 2 });
  let browser: Browser;
  let page: Page;
  let runId = '';
  let requests: string[];
  let problems: string[];

  beforeAll(async () => {
    browser = await openBrowser(executablePath);
    ({ page, requests, problems } = browser);
  }, PAGE_MILLISECONDS);

  afterAll(() => browser?.close());

  test('GraphiQL opens with worked operations', async () => {
    await page.goto(`${api.api.url}/graphql`);
    await page.getByRole('tab', { name: 'GenerateFilm' }).waitFor();
    const tabs = await page.getByRole('tab').allInnerTexts();
    expect(tabs.map((name) => name.trim())).toEqual([
      'GenerateFilm',
      'FollowRun',
      'NewestFilm',
      'ProjectEvents',
      'PauseRun',
      'PreviewJob',
    ]);
  });

  test('a click on a tab opens it, the first one too, as a hand clicks', async () => {
    const tab = page.getByRole('tab', { name: 'NewestFilm' });
    const place = await tab.boundingBox();
    if (!place) throw new Error('The tab is nowhere.');
    await page.mouse.move(place.x + place.width / 3, place.y + place.height / 2);
    await page.mouse.down();
    await nextFrames(page, 5);
    expect(await tab.boundingBox()).toEqual(place);
    await page.mouse.up();
    await page.getByRole('tab', { name: 'NewestFilm', selected: true }).waitFor();
    await page.getByRole('tab', { name: 'GenerateFilm' }).click();
    await page.getByRole('tab', { name: 'GenerateFilm', selected: true }).waitFor();
  });

  test('its mutation launches a film', async () => {
    // Shorter than the page proposes: the next test waits for the film.
    const [{ query } = expect.unreachable()] = graphiqlTabs;
    await write(query.replace(/targetClipDuration: \d/, 'targetClipDuration: 1, targetDuration: 2'));
    await play();
    await page.getByText('QUEUED').first().waitFor();
    const response = await responseText();
    expect(response).toContain('"title": "A lighthouse keeper');
    runId = /pipeline_run_[0-9a-f-]{36}/.exec(response)?.[0] ?? '';
  });

  test('its subscription follows the run over a WebSocket to the end', async () => {
    await page.getByRole('tab', { name: 'FollowRun' }).click();
    // What is typed next belongs to it: in another tab GraphiQL might still execute the operation of before.
    await page.getByRole('tab', { name: 'FollowRun', selected: true }).waitFor();
    await write(`subscription FollowRun { runProgress(runId: "${runId}") { status percent message } }`);
    await play();
    await expect.poll(responseText, { timeout: PAGE_MILLISECONDS }).toContain('COMPLETED');
    expect(await responseText()).toMatch(/"percent": 100/);
    expect(requests.some((url) => url.startsWith('ws://'))).toBe(true);
  });

  test('a key that its browser tab keeps goes with its sockets', async () => {
    const sent: string[] = [];
    page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload))));
    await page.evaluate((place) => sessionStorage.setItem(place, 'vp_00000000_key'), KEY_PLACE);
    await write('subscription FollowRun { workspaceEvents { __typename } }');
    await play();
    await expect.poll(responseText, { timeout: PAGE_MILLISECONDS }).toContain('SnapshotMarker');
    const greeting = sent.find((frame) => frame.includes('connection_init'));
    expect(JSON.parse(greeting ?? '{}')).toMatchObject({
      payload: { authorization: 'Bearer vp_00000000_key' },
    });
  });

  test('the film plays', async () => {
    const { videos } = await api.ask<Films>(
      '{ videos(first: 1) { edges { node { url durationSeconds } } } }',
    );
    const [film] = videos.edges.map(({ node }) => node);
    await page.evaluate((url) => {
      const video = document.createElement('video');
      Object.assign(video, { src: url, muted: true, id: 'film' });
      document.body.replaceChildren(video);
      return video.play();
    }, film?.url ?? '');
    await page.waitForFunction(() => document.querySelector<HTMLVideoElement>('#film')!.currentTime > 0.5);
    const duration = await page.evaluate(() => document.querySelector<HTMLVideoElement>('#film')?.duration);
    expect(duration).toBeCloseTo(film?.durationSeconds ?? 0, 1);
  });

  test('nothing was asked of another server, and nothing went wrong', () => {
    const { host } = new URL(api.api.url);
    const elsewhere = requests.filter((url) => !/^(data|blob):/.test(url) && new URL(url).host !== host);
    expect(elsewhere).toEqual([]);
    expect(problems).toEqual([]);
  });

  const play = () => page.getByRole('button', { name: /Execute query/ }).click();
  const responseText = async () =>
    (await page.locator('.result-window').innerText()).replaceAll('\u00a0', ' ');

  async function write(text: string): Promise<void> {
    await page.locator('.graphiql-query-editor .monaco-editor').first().click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(text);
  }
});
