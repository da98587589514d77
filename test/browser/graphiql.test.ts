import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from '../support/needs.ts';
import { openTestApi, type TestApi } from '../support/test-api.ts';

const executablePath = findChromium();

/** Without these Chromium looks for its maker's servers by itself. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
type Films = { videos: { edges: { node: { url: string; durationSeconds: number } }[] } };

const PAGE_MILLISECONDS = 120_000;

describe.skipIf(executablePath === null)('in a browser', { timeout: 2 * PAGE_MILLISECONDS }, () => {
  let api: TestApi;
  let profile: string;
  let browser: BrowserContext;
  let page: Page;
  let runId = '';
  const requests: string[] = [];
  const problems: string[] = [];

  beforeAll(async () => {
    api = await openTestApi({ workers: 2 });
    profile = await mkdtemp(path.join(tmpdir(), 'vidpipe-chromium-'));
    browser = await chromium.launchPersistentContext(profile, {
      executablePath: executablePath ?? '',
      headless: true,
      args: QUIET,
    });
    page = await browser.newPage();
    page.setDefaultTimeout(PAGE_MILLISECONDS);
    browser.on('request', (request) => requests.push(request.url()));
    page.on('websocket', (socket) => requests.push(socket.url()));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  }, PAGE_MILLISECONDS);

  afterAll(async () => {
    await browser?.close();
    await api?.remove();
    await rm(profile, { recursive: true, force: true });
  });

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
