import { chromium, type Page } from 'playwright-core';
import { temporaryFolder } from '../../support/temporary/folder.ts';

/** Longest that anything on a page may take; the machine is busy. */
export const PAGE_MILLISECONDS = 120_000;

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

/** Opens a page of a browser that knows nobody. `requests` and `problems` grow with what it asks for and fails at. */
export async function openBrowser(executablePath: string | null) {
  const profile = temporaryFolder('chromium');
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: executablePath ?? '',
    headless: true,
    args: QUIET,
  });
  const page: Page = await browser.newPage();
  page.setDefaultTimeout(PAGE_MILLISECONDS);
  const requests: string[] = [];
  const problems: string[] = [];
  browser.on('request', (request) => requests.push(request.url()));
  page.on('websocket', (socket) => requests.push(socket.url()));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  return {
    page,
    requests,
    problems,
    async close() {
      await browser.close();
    },
  };
}

export type Browser = Awaited<ReturnType<typeof openBrowser>>;
