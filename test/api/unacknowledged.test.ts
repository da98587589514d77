import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { readUnacknowledged } from '../../src/api/live/unacknowledged.ts';

const unacknowledged = async (socket: Socket) => (await readUnacknowledged())(socket);

test.skipIf(process.platform !== 'linux').each([
  ['IPv4', '127.0.0.1', '127.0.0.1'],
  ['IPv6', '::1', '::1'],
  ['IPv4 within IPv6', '::', '127.0.0.1'],
])('what a client has not taken is told, and told no more once it has: %s', async (_name, host, to) => {
  const server = createServer();
  server.listen(0, host);
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, to);
  const [served] = (await once(server, 'connection')) as [Socket];
  client.pause();
  expect(await unacknowledged(served)).toBe(0);
  served.write(Buffer.alloc(20_000_000));
  await expect.poll(() => unacknowledged(served)).toBeGreaterThan(10_000);
  client.resume();
  await expect.poll(() => unacknowledged(served)).toBe(0);
  client.destroy();
  server.close();
});
