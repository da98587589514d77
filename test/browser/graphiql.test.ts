import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from '../support/needs.ts';
import { useTestApi } from '../support/test-api.ts';
import { type Browser, openBrowser, PAGE_MILLISECONDS } from './support/open-browser.ts';

const executablePath = findChromium();

type Films = { videos: { edges: { node: { url: string; durationSeconds: number } }[] } };

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
    ]);
  });

  test('its mutation launches a film', async () => {
    await play();
    await page.getByText('QUEUED').first().waitFor();
    const response = await responseText();
    expect(response).toContain('"title": "A lighthouse keeper');
    runId = /pipeline_run_[0-9a-f-]{36}/.exec(response)?.[0] ?? '';
  });

  test('its subscription follows the run over a WebSocket to the end', async () => {
    await page.getByRole('tab', { name: 'FollowRun' }).click();
    await write(`subscription FollowRun { runProgress(runId: "${runId}") { status percent message } }`);
    await play();
    await page.getByText('COMPLETED').first().waitFor();
    expect(await responseText()).toMatch(/"percent": 100/);
    expect(requests.some((url) => url.startsWith('ws://'))).toBe(true);
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
