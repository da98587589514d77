import { readFile } from 'node:fs/promises';
import { isIPv4, type Socket } from 'node:net';

/** Where Linux tells of its TCP connections (proc_net_tcp.txt of the kernel's documentation). */
const TABLES = ['/proc/self/net/tcp', '/proc/self/net/tcp6'];
/** Local and remote address as `HEX:PORT`, state, and the length of the send queue in hexadecimal. */
const ROW = /^\s*\d+: [\dA-F]+:([\dA-F]{4}) ([\dA-F]+):([\dA-F]{4}) [\dA-F]{2} ([\dA-F]{8}):/;

/** Bytes of a connection that the system has and the other side has not acknowledged; 0 for one it does not know. */
export type Unacknowledged = (socket: Socket) => number;

/**
 * Asks the system what of each connection is still on its way. Node has no way to set TCP_USER_TIMEOUT: without this, a
 * client whose network is gone is noticed when TCP gives up, after a quarter of an hour.
 *
 * Where it cannot be asked (other systems than Linux), nothing is.
 */
export async function readUnacknowledged(): Promise<Unacknowledged> {
  const queues = new Map<string, number>();
  for (const table of TABLES) {
    const text = await readFile(table, 'latin1').catch(() => '');
    for (const line of text.split('\n')) {
      const [, localPort = '', address = '', port = '', queue = '0'] = ROW.exec(line) ?? [];
      const bytes = Number.parseInt(queue, 16);
      if (bytes > 0) queues.set(`${localPort} ${inHostOrder(address)} ${port}`, bytes);
    }
  }
  return ({ localPort = 0, remoteAddress = '', remotePort = 0 }) =>
    queues.get(`${hex(localPort)} ${hexAddress(remoteAddress)} ${hex(remotePort)}`) ?? 0;
}

const hex = (value: number, digits = 4) => value.toString(16).toUpperCase().padStart(digits, '0');

/** The kernel prints each four bytes of an address as a number of the machine: turned round where that is little-endian. */
const inHostOrder = (address: string): string =>
  (address.match(/.{8}/g) ?? [])
    .map((word) => (word.match(/../g) ?? []).toReversed().join(''))
    .join('')
    .replace(MAPPED, '');

/** IPv4 within IPv6. */
const MAPPED = /^0{20}FFFF/;

/** An address as text, as in the table. */
function hexAddress(text: string): string {
  const address = text.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIPv4(address))
    return address
      .split('.')
      .map((part) => hex(Number(part), 2))
      .join('');
  const [left = '', right] = address.split('::');
  const [before, after] = [left, right ?? ''].map((half) =>
    half
      .split(':')
      .filter(Boolean)
      .map((group) => group.toUpperCase().padStart(4, '0')),
  );
  const zeros = right === undefined ? 0 : 8 - (before?.length ?? 0) - (after?.length ?? 0);
  return [...(before ?? []), ...Array.from({ length: zeros }, () => '0000'), ...(after ?? [])]
    .join('')
    .replace(MAPPED, '');
}
