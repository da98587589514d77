import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { BRIEF_FLAGS } from '../brief-flags.ts';
import { makeTestDatabase } from '../test-database.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

/** Starts the server on a database of its own; returns its address. */
async function serve(env: Record<string, string>): Promise<string> {
  const database = await makeTestDatabase();
  const { PATH = '' } = process.env;
  const settings = {
    VIDPIPE_DATA_DIR: database.dataDir,
    DATABASE_URL: database.databaseUrl ?? '',
    PORT: '0',
    LOG_LEVEL: 'silent',
  };
  const child = spawn(process.execPath, [...BRIEF_FLAGS, MAIN, 'serve'], {
    env: { PATH, TMPDIR: tmpdir(), ...settings, ...env },
    stdio: 'pipe',
  });
  onTestFinished(async () => {
    child.kill();
    await once(child, 'exit');
    await database.remove();
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const find = () => {
    const [url] = /http:\S+\/graphql/.exec(printed) ?? [];
    if (url === undefined) throw new Error(`There is no address in: ${printed}`);
    return url;
  };
  return vi.waitFor(find, { timeout: 50_000 });
}

test('the vidpipe command runs with the paid provider in the animatic’s place', async () => {
  const url = await serve({
    PAID_PROVIDER_URL: 'http://127.0.0.1:9',
    PAID_PROVIDER_OPTIONS: '{"pollSeconds":1}',
  });
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ providers { name label } }' }),
  });
  const providers = [{ name: 'ANIMATIC', label: 'Paid test provider' }];
  expect(await response.json()).toMatchObject({ data: { providers } });
});
