/** Whether a paid call went out at all, where the connection is the trouble: what never did was surely not bought. */
import { once } from 'node:events';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ProviderError } from '../../../src/providers/provider-error.ts';
import { CERTIFICATE, CERTIFICATE_KEY } from '../../support/tls-certificate.ts';
import { type GoogleTest, useGoogleTest } from './support.ts';

const google = useGoogleTest();

type Customer = ReturnType<GoogleTest['customer']>;

const CALLS: [string, (customer: Customer, sentence: string) => Promise<unknown>][] = [
  ['storyboard', (customer, sentence) => customer.storyboard(sentence)],
  ['frame', (customer, sentence) => customer.keyframe(sentence)],
  ['clip', (customer, sentence) => customer.clip(sentence, 4, AbortSignal.timeout(1_000))],
];

const opened: Server[] = [];
afterEach(() => {
  for (const server of opened.splice(0)) server.close();
});

/** Google, as it is reached at a server of TLS that ends as the test does. */
async function googleOver(server: Server): Promise<Customer> {
  const sockets: Socket[] = [];
  server.on('connection', (socket: Socket) => sockets.push(socket.on('error', () => {})));
  onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
  opened.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return google.customer('GEMINI', {
    GOOGLE_GEMINI_BASE_URL: `https://127.0.0.1:${port}`,
    VIDPIPE_GOOGLE_TIMEOUT_SECONDS: '1',
  });
}

async function failureOf(work: Promise<unknown>): Promise<ProviderError> {
  const failure: unknown = await work.catch((error: unknown) => error);
  if (!(failure instanceof ProviderError)) throw new Error(`No ProviderError: ${String(failure)}`);
  return failure;
}

/** Ways in which a handshake does not come about. */
const HANDSHAKES: [string, () => Server, RegExp][] = [
  ['says nothing', () => createTcpServer(), /could not be reached in 1 s; nothing was sent/],
  [
    'hangs up',
    () => createTcpServer((socket) => socket.once('data', () => socket.destroy())),
    /could not be reached \(.*(disconnected|hang up|ECONNRESET)/,
  ],
  [
    'resets',
    () => createTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy())),
    /could not be reached \(/,
  ],
  [
    'speaks something else',
    () => createTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    /could not be reached \(/,
  ],
  [
    'shows a certificate that nobody trusts',
    () => createTlsServer({ cert: CERTIFICATE, key: CERTIFICATE_KEY }).on('tlsClientError', () => {}),
    /could not be reached \(.*self-signed/,
  ],
];

describe.each(HANDSHAKES)('where the other side of a TLS handshake %s', (_, open, words) => {
  test.each(CALLS)('a %s was never asked for, and may be again', async (_name, call) => {
    const failure = await failureOf(call(await googleOver(open()), 'A fox wakes.'));
    expect(failure).toMatchObject({
      outcome: 'NOT_ACCEPTED',
      code: 'PROVIDER_UNAVAILABLE',
      receipt: null,
      message: expect.stringMatching(words),
    });
  });
});

describe('once the handshake is over', () => {
  beforeAll(() => {
    const trusted = getCACertificates('default');
    setDefaultCACertificates([...trusted, CERTIFICATE]);
    return () => setDefaultCACertificates(trusted);
  });

  test.each(CALLS)('a %s that is not answered may have been bought', async (_name, call) => {
    const heard: string[] = [];
    const server = createTlsServer({ cert: CERTIFICATE, key: CERTIFICATE_KEY }, (socket) => {
      socket.on('error', () => {}).once('data', (piece) => heard.push(String(piece)) && socket.destroy());
    });
    const failure = await failureOf(call(await googleOver(server), 'A fox wakes.'));
    expect(heard).toEqual([expect.stringMatching(/^POST /)]);
    expect(failure).toMatchObject({ outcome: 'UNKNOWN', message: expect.stringContaining('broke') });
  });
});
