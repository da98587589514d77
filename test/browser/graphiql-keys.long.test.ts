import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KeyedApi, openKeyedApi } from '../api/support/keys.ts';
import { findChromium } from '../support/needs.ts';
import { type Browser, openBrowser, PAGE_MILLISECONDS } from './support/open-browser.ts';

const executablePath = findChromium();

describe.skipIf(executablePath === null)('GraphiQL with keys', { timeout: 2 * PAGE_MILLISECONDS }, () => {
  let api: KeyedApi;
  let browser: Browser;
  beforeAll(async () => {
    api = await openKeyedApi();
    browser = await openBrowser(executablePath);
    await browser.page.goto(`${api.api.url}/graphql`);
    await opened();
  }, PAGE_MILLISECONDS);
  afterAll(async () => {
    await browser?.close();
    await api?.remove();
  });

  const opened = () => browser.page.getByRole('button', { name: /Execute query/ }).waitFor();

  async function play(query: string): Promise<void> {
    await write('.graphiql-query-editor', query);
    // GraphiQL reads the operation's name a moment later; until then it would execute the one of before.
    await browser.page.getByRole('tab', { name: '<untitled>', selected: true }).waitFor();
    await browser.page.getByRole('button', { name: /Execute query/ }).click();
  }

  const answer = () => browser.page.locator('.result-window').innerText();
  const WAIT = { timeout: 30_000 };

  async function write(editor: string, text: string): Promise<void> {
    const { page } = browser;
    await page.locator(`${editor} .monaco-editor:visible`).first().click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(text);
  }

  /** What of a key the page has left behind, and where. */
  const tracesOf = (key: string) =>
    browser.page.evaluate(
      (secret) => ({
        address: location.href.includes(secret),
        localStorage: JSON.stringify(localStorage).includes(secret),
        cookies: document.cookie.includes(secret),
      }),
      key,
    );

  test('the page opens without one, and operations are refused', async () => {
    await play('query { workspace { name } }');
    await expect.poll(answer, WAIT).toContain('UNAUTHENTICATED');
  });

  test('a key that is typed once goes with queries and subscriptions, also after a reload', async () => {
    const { page } = browser;
    const { key } = await api.newKey({ workspace: 'TypedOnce' });
    await page.getByLabel('API key').fill(key);
    await page.getByRole('button', { name: 'Use key' }).click();
    await page.getByRole('button', { name: 'Forget key' }).waitFor();
    for (const _ of ['as it is', 'reloaded']) {
      await opened();
      await play('query { workspace { name } }');
      await expect.poll(answer, WAIT).toContain('TypedOnce');
      await play('subscription { workspaceEvents { __typename } }');
      await expect.poll(answer, WAIT).toContain('SnapshotMarker');
      await page.reload();
    }
    await opened();
    expect(await tracesOf(key)).toEqual({ address: false, localStorage: false, cookies: false });
    expect(browser.requests.filter((url) => url.includes(key))).toEqual([]);
  });

  test('another tab of the browser has none of it, and a forgotten one is gone', async () => {
    const { page } = browser;
    const other = await page.context().newPage();
    await other.goto(`${api.api.url}/graphql`);
    await other.getByLabel('API key').waitFor();
    await other.close();
    await page.getByRole('button', { name: 'Forget key' }).click();
    await page.getByLabel('API key').waitFor();
    await opened();
    await play('query { workspace { name } }');
    await expect.poll(answer, WAIT).toContain('UNAUTHENTICATED');
  });

  test('its header editor carries a key too, which goes before the one that was typed', async () => {
    const { key } = await api.newKey({ workspace: 'Shown' });
    await browser.page.evaluate(() => sessionStorage.setItem('vidpipe.key', 'vp_00000000_none'));
    await browser.page.getByRole('button', { name: 'Headers', exact: true }).click();
    await write('.graphiql-editor-tool', JSON.stringify({ Authorization: `Bearer ${key}` }));
    await play('query { workspace { name } }');
    await expect.poll(answer, WAIT).toContain('Shown');
    await play('subscription { workspaceEvents { __typename } }');
    await expect.poll(answer, WAIT).toContain('SnapshotMarker');
    expect(browser.requests.filter((url) => url.startsWith('ws'))).toEqual([]);
  });
});
