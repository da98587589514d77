import type { IncomingMessage } from 'node:http';
import { type BlockList, isIP } from 'node:net';
import { contains } from '../../platform/outbound/networks.ts';

/** As proxies write it: bare, or with a port. */
const HOP = /^(?:\[([\da-f:.]+)\]|([\da-f:.]+?))(?::\d+)?$/i;
/** What one household or machine has of IPv6 (RFC 6177): it may come from any address of it. */
const GROUPS_OF_A_SITE = 4;

/**
 * Whom a request is counted to: the address it came from, or the one that a trusted proxy says it came from; of IPv6 the
 * first 64 bits. What is written before the hop of the last trusted proxy, anybody may have written.
 */
export function clientAddress({ socket, headers }: IncomingMessage, trusted: BlockList): string {
  const hops = String(headers['x-forwarded-for'] ?? '').split(',');
  let address = plain(socket.remoteAddress ?? '');
  while (isIP(address) !== 0 && contains(trusted, address)) {
    const hop = HOP.exec(hops.pop()?.trim() ?? '');
    const before = plain(hop?.[1] ?? hop?.[2] ?? '');
    if (isIP(before) === 0) break;
    address = before;
  }
  return isIP(address) === 6 ? siteOf(address) : address;
}

/** An IPv4 address as such, also where a socket for both writes it as IPv6. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

function siteOf(address: string): string {
  const [head = '', tail] = address.toLowerCase().split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail ? tail.split(':') : [];
  const left = tail === undefined ? 0 : 8 - first.length - last.length;
  const groups = [...first, ...Array.from({ length: Math.max(0, left) }, () => '0'), ...last];
  return groups
    .slice(0, GROUPS_OF_A_SITE)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
