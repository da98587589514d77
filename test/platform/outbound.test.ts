import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { isReachable, parseNetworks } from '../../src/platform/outbound/networks.ts';
import {
  openOutbound,
  type OutboundOptions,
  type ResolveName,
} from '../../src/platform/outbound/outbound.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

const network = (text: string) => parseNetworks(text) ?? expect.unreachable();
const NOTHING = network('192.0.2.1/32');

describe('an address is not called that is', () => {
  test.each([
    ['loopback', '127.0.0.1', '127.255.1.2', '::1'],
    ['of this host', '0.0.0.0', '::'],
    ['private', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12::1'],
    ['shared with a carrier', '100.64.0.1'],
    ['link-local', '169.254.1.1', 'fe80::1'],
    ['where clouds tell credentials', '169.254.169.254', 'fd00:ec2::254', '100.100.100.200'],
    ['IPv4 in IPv6', '::ffff:127.0.0.1', '::ffff:a00:1', '::127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::'],
    ['a tunnel', '2001:0:1::1'],
    ['for documents', '203.0.113.7', '2001:db8::1'],
    ['for many', '224.0.0.1', '255.255.255.255', 'ff02::1'],
    ['no address', '', 'localhost', '1.2.3'],
  ])('%s', (_what, ...addresses) => {
    expect(addresses.filter((address) => isReachable(address, NOTHING))).toEqual([]);
  });
});

test('public addresses are called', () => {
  const addresses = ['1.1.1.1', '172.32.0.1', '100.128.0.1', '198.20.0.1', '2606:4700:4700::1111'];
  expect(addresses.filter((address) => !isReachable(address, NOTHING))).toEqual([]);
});

test('networks that the operator names are called too, and no others', () => {
  const reachable = network('10.0.0.0/8, fd00::/8');
  expect(['10.1.2.3', 'fd00::1', '::ffff:10.1.2.3'].every((address) => isReachable(address, reachable))).toBe(
    true,
  );
  expect(['192.168.0.1', 'fc00::1'].some((address) => isReachable(address, reachable))).toBe(false);
});

test.each(['', '10.0.0.0', '10.0.0.0/33', 'lan/8', '10.0.0.0/8;', '10.0.0.0/8/8', '::/129'])(
  '"%s" is no list of networks',
  (text) => {
    expect(parseNetworks(text)).toBeNull();
  },
);

describe('a URL is refused whichever way it writes its address', () => {
  const outbound = openOutbound({ networks: null });
  test.each([
    'http://127.0.0.1/',
    'http://0x7f.1/',
    'http://2130706433/',
    'http://017700000001/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'https://localhost:4000/',
    'http://a.localhost./',
    'http://169.254.169.254/latest/meta-data/',
  ])('%s', async (url) => {
    expect(outbound.refuses(new URL(url))).toBe(true);
    await expect(outbound.post(new URL(url), {}, '', AbortSignal.timeout(5_000))).rejects.toThrow(
      'not a public',
    );
  });
});

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.hangUp());
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer = (response) => response.writeHead(204).end();
});

/** Posts to the receiver under a name of its own. */
function post(options: Partial<OutboundOptions> = {}) {
  const outbound = openOutbound({ networks: '127.0.0.1/32', ...options });
  const url = new URL(receiver.url);
  url.hostname = options.resolve ? 'receiver.test' : '127.0.0.1';
  return outbound.post(url, { 'x-test': 'yes' }, '{"a":1}', new AbortController().signal);
}

const names = (...addresses: string[]) =>
  vi.fn<ResolveName>(async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  );

describe('a name', () => {
  test('is called at the address it has', async () => {
    await expect(post({ resolve: names('127.0.0.1') })).resolves.toEqual({
      status: 204,
      retryAfterSeconds: null,
    });
    expect(receiver.received).toMatchObject([{ headers: { 'x-test': 'yes' }, body: '{"a":1}' }]);
  });

  test.each([[['127.0.0.1']], [['::1']], [['1.1.1.1', '10.0.0.1']], [['::ffff:169.254.169.254']]])(
    'that leads to %s is not called',
    async (addresses) => {
      await expect(post({ networks: null, resolve: names(...addresses) })).rejects.toThrow(
        'receiver.test is not a public address',
      );
      expect(receiver.received).toEqual([]);
    },
  );

  test('is looked up once: another answer a moment later changes nothing', async () => {
    const resolve = names('10.0.0.1').mockResolvedValueOnce([{ address: '127.0.0.1', family: 4 }]);
    await post({ resolve });
    expect(resolve).toHaveBeenCalledTimes(1);
    expect(receiver.received).toHaveLength(1);
  });
});

test('a name that nobody answers at says so, whatever number of addresses it has', async () => {
  const url = new URL('http://receiver.test:1/');
  const resolve = names('127.0.0.1', '127.0.0.2');
  const outbound = openOutbound({ networks: '127.0.0.0/8', resolve });
  await expect(outbound.post(url, {}, '', new AbortController().signal)).rejects.toThrow('ECONNREFUSED');
});

describe('an answer', () => {
  test.each([301, 302, 303, 307, 308])('%i leads nowhere', async (status) => {
    const { port } = new URL(receiver.url);
    receiver.answer = (response) =>
      response.writeHead(status, { location: `http://localhost:${port}/elsewhere` }).end();
    expect((await post()).status).toBe(status);
    expect(receiver.received).toHaveLength(1);
  });

  test.each([
    ['120', 120],
    ['0', null],
    ['soon', null],
    ['999999999', 86_400],
    ['Thu, 01 Jan 1970 00:00:00 GMT', null],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 86_400],
  ])('may say when to come back: %s', async (text, retryAfterSeconds) => {
    receiver.answer = (response) => response.writeHead(429, { 'retry-after': text }).end();
    expect(await post()).toEqual({ status: 429, retryAfterSeconds });
  });

  test('that does not come is not waited for', async () => {
    receiver.answer = () => {};
    const failure = { code: 'TIMED_OUT', message: 'No answer within 0.05 s.' };
    await expect(post({ timeoutMilliseconds: 50 })).rejects.toMatchObject(failure);
  });

  test('without end is cut', async () => {
    const cut = Promise.withResolvers<void>();
    receiver.answer = (response) => {
      response.on('close', cut.resolve).writeHead(200);
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
      };
      response.on('drain', pour);
      pour();
    };
    expect((await post()).status).toBe(200);
    await cut.promise;
  });

  test('that drips is cut', async () => {
    receiver.answer = (response) => void response.writeHead(200).write('.');
    expect((await post({ timeoutMilliseconds: 500 })).status).toBe(200);
  });

  test('with huge headers is no answer', async () => {
    receiver.answer = (response) => response.writeHead(200, { 'x-huge': 'x'.repeat(20_000) }).end();
    await expect(post()).rejects.toThrow('Header overflow');
  });
});
