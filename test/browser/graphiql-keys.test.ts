import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useKeyedApi } from '../api/support/keys.ts';
import { findChromium } from '../support/needs.ts';
import { type Browser, openBrowser, PAGE_MILLISECONDS } from './support/open-browser.ts';

const executablePath = findChromium();

describe.skipIf(executablePath === null)('GraphiQL with keys', { timeout: 2 * PAGE_MILLISECONDS }, () => {
  const api = useKeyedApi();
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser(executablePath);
    await browser.page.goto(`${api.api.url}/graphql`);
    await browser.page.getByRole('tab', { name: 'GenerateFilm' }).waitFor();
  }, PAGE_MILLISECONDS);
  afterAll(() => browser?.close());

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

  test('the page opens without one, and operations are refused', async () => {
    await play('query { workspace { name } }');
    await expect.poll(answer, WAIT).toContain('UNAUTHENTICATED');
  });

  test('its header editor carries the key to queries and subscriptions', async () => {
    const { key } = await api.newKey({ workspace: 'Shown' });
    await browser.page.getByRole('button', { name: 'Headers', exact: true }).click();
    await write('.graphiql-editor-tool', JSON.stringify({ Authorization: `Bearer ${key}` }));
    await play('query { workspace { name } }');
    await expect.poll(answer, WAIT).toContain('Shown');
    await play('subscription { workspaceEvents { __typename } }');
    await expect.poll(answer, WAIT).toContain('SnapshotMarker');
    expect(browser.requests.filter((url) => url.startsWith('ws'))).toEqual([]);
  });
});
