import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { obeyProxy } from '../../src/platform/outbound/environment-proxy.ts';
import type * as Transport from '../../src/providers/google/transport.ts';
import { openOutbound } from '../../src/platform/outbound/outbound.ts';
import { type ForwardProxy, startForwardProxy } from '../support/forward-proxy.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';

let receiver: Receiver;
let proxy: ForwardProxy;
beforeAll(async () => {
  receiver = await startReceiver();
  proxy = await startForwardProxy(receiver.url);
});
afterAll(async () => {
  await proxy.close();
  await receiver.hangUp();
});

const NONE = { http_proxy: '', https_proxy: '', no_proxy: '', NO_PROXY: '' };
beforeEach(() => {
  proxy.asked.length = 0;
  proxy.tunnelled.length = 0;
  receiver.received.length = 0;
  setEnvironment({ ...NONE, HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url });
});
afterEach(() => vi.unstubAllEnvs());

function setEnvironment(values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) vi.stubEnv(name, value || undefined);
}

const TRANSPORT = path.resolve('src/providers/google/transport.ts');
/** The module makes its agents when it is loaded; other files of tests go on with the one that they have. */
const loadTransport = (name: string) => import(`${TRANSPORT}?${name}`) as Promise<typeof Transport>;

test.each(['socks5://proxy.example:1080', 'http://:x', 'ht tp://a'])(
  'a proxy that is none of HTTP is refused by the name of its variable: %s',
  (address) => {
    vi.stubEnv('HTTPS_PROXY', address);
    expect(obeyProxy).toThrow(/^HTTPS_PROXY: must be a proxy of HTTP/);
  },
);

test('a proxy without a scheme is one of HTTP, as for everybody else', () => {
  vi.stubEnv('HTTPS_PROXY', 'proxy.example:3128');
  obeyProxy()();
  expect(process.env['HTTPS_PROXY']).toBe('http://proxy.example:3128');
});

describe('what goes through the proxy that the environment names:', () => {
  test('fetch, but not to this machine', async () => {
    const stop = obeyProxy();
    await fetch('http://web.example/page');
    await fetch(receiver.url);
    await expect(fetch('https://web.example/')).rejects.toThrow('fetch failed');
    stop();
    expect(proxy.asked.map((line) => line.replace('web.example:80', 'web.example'))).toEqual([
      expect.stringMatching(/web\.example/),
      'CONNECT web.example:443',
    ]);
    expect(receiver.received).toHaveLength(2);
  });

  test('calls to Google, and not those that NO_PROXY spares', async () => {
    const { send } = await loadTransport('proxied');
    const answer = await send('http://google.example/v1/models', { method: 'GET' });
    answer.resume();
    expect(answer.statusCode).toBe(204);
    await expect(send('https://google.example/', {})).rejects.toThrow(/TLS|SSL|hang up/);
    expect(proxy.asked).toEqual(['GET http://google.example/v1/models', 'CONNECT google.example:443']);
    vi.stubEnv('no_proxy', 'google.example');
    const again = await loadTransport('spared');
    await expect(again.send('http://google.example/', {})).rejects.toThrow(/ENOTFOUND|EAI_AGAIN/);
  });

  test.each([
    ['S3', 's3://films/folder?endpoint=http://store.example', {}, 'store.example'],
    [
      'Google Cloud Storage',
      'gs://films/folder',
      { STORAGE_EMULATOR_HOST: 'http://gcs.example' },
      'gcs.example',
    ],
  ])('files in %s', async (_store, url, more, host) => {
    const dataDir = temporaryFolder('proxied');
    const keys = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
    const args = ['test/platform/support/loaded-clouds.child.ts', dataDir, url];
    const opening = promisify(execFile)(process.execPath, args, {
      env: { ...process.env, ...keys, ...more },
    });
    await opening.catch(() => {});
    expect(proxy.asked.join()).toContain(host);
  });
});

/** Posts a webhook's message to a name that has this address. */
function post(url: string, address: string, networks: string | null = null) {
  const outbound = openOutbound({ networks, resolve: async () => [{ address, family: 4 }] });
  return outbound.post(new URL(url), { 'x-test': 'yes' }, '{"a":1}', AbortSignal.timeout(5_000));
}

describe('a webhook through a proxy', () => {
  test('is sent to the address that was judged, not to a name that the proxy looks up', async () => {
    expect((await post('http://hooks.example/new', '93.184.216.34')).status).toBe(204);
    expect(proxy.asked).toEqual(['POST http://93.184.216.34/new']);
    expect(receiver.received).toMatchObject([{ body: '{"a":1}', headers: { 'x-test': 'yes' } }]);
  });

  test('over TLS goes through a tunnel to that address, and asks for the name there', async () => {
    await expect(post('https://hooks.example/new', '93.184.216.34')).rejects.toThrow(/TLS|SSL|hang up/);
    expect(proxy.asked).toEqual(['CONNECT 93.184.216.34:443']);
    expect(proxy.tunnelled.join()).toContain('hooks.example');
  });

  test.each(['10.0.0.1', '169.254.169.254', '127.0.0.1'])('never goes to %s', async (address) => {
    await expect(post('https://hooks.example/new', address)).rejects.toThrow('not a public address');
    expect(proxy.asked).toEqual([]);
  });

  test('goes straight to a receiver that NO_PROXY names', async () => {
    vi.stubEnv('NO_PROXY', 'hooks.example');
    const { port } = new URL(receiver.url);
    const url = `http://hooks.example:${port}/new`;
    expect((await post(url, '127.0.0.1', '127.0.0.1/32')).status).toBe(204);
    expect(receiver.received).toMatchObject([{ headers: { host: `hooks.example:${port}` } }]);
    expect(proxy.asked).toEqual([]);
  });
});
