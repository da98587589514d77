import type { IncomingMessage } from 'node:http';
import { BlockList } from 'node:net';
import { expect, test } from 'vitest';
import { clientAddress } from '../../src/api/admission/client-address.ts';
import { parseNetworks } from '../../src/platform/outbound/networks.ts';

const PROXIES = parseNetworks('10.0.0.0/8,2001:db8:ffff::/48') ?? new BlockList();

const request = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

test.each<[string, string, string | undefined, string]>([
  ['of the connection', '203.0.113.7', undefined, '203.0.113.7'],
  ['of the connection, whatever a stranger forwards', '203.0.113.7', '198.51.100.1', '203.0.113.7'],
  ['that a trusted proxy forwards', '10.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['that the last of several forwards', '10.0.0.1', '198.51.100.1, 10.2.2.2', '198.51.100.1'],
  ['not that the client wrote itself', '10.0.0.1', '6.6.6.6, 198.51.100.1', '198.51.100.1'],
  ['with a port', '10.0.0.1', '198.51.100.1:5050', '198.51.100.1'],
  ['of the proxy that forwards none', '10.0.0.1', undefined, '10.0.0.1'],
  ['of the proxy that forwards nonsense', '10.0.0.1', 'unknown', '10.0.0.1'],
  ['IPv4 written as IPv6', '::ffff:203.0.113.7', undefined, '203.0.113.7'],
  ['a proxy written as IPv6', '::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['a site of IPv6', '2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2'],
  ['the same site', '2001:0db8:1:2::9', undefined, '2001:db8:1:2'],
  ['a site with a short address', '2001:db8::1', undefined, '2001:db8:0:0'],
  ['IPv6 by a proxy, with a port', '2001:db8:ffff::1', '[2001:db8:1:2::9]:443', '2001:db8:1:2'],
  ['loopback', '::1', undefined, '0:0:0:0'],
])('a client is counted at the address %s', (_what, remote, forwarded, address) => {
  expect(clientAddress(request(remote, forwarded), PROXIES)).toBe(address);
});
