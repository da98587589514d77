import { BlockList, isIP } from 'node:net';

/** What is not of the public internet: IANA's IPv4 special-purpose registry (RFC 6890), and multicast. */
const NOT_PUBLIC_IPV4 = listOf([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  // Link-local, and where clouds answer with a machine's credentials.
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]);

/** The same of IPv6. A list of its own: `::/3` would match every IPv4 address too, as Node reads it. */
const NOT_PUBLIC_IPV6 = listOf([
  // All but 2000::/3, which alone is public; with it what maps or translates IPv4 (::ffff:0:0/96, 64:ff9b::/96).
  '::/3',
  '4000::/2',
  '8000::/1',
  // Teredo and other protocol assignments, documentation, 6to4 (which carries any IPv4 address), documentation.
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '2620:4f:8000::/48',
  '3fff::/20',
]);

/** Networks as a person lists them (`192.168.0.0/16,127.0.0.1/32`); null if it is no such list. */
export function parseNetworks(text: string): BlockList | null {
  const networks = text.split(',').map((network) => network.trim());
  return networks.every(isNetwork) ? listOf(networks) : null;
}

/** Whether an address of a stranger's choosing may be connected to: a public one, or one of `reachable`. */
export function isReachable(address: string, reachable: BlockList): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  const notPublic = family === 6 ? NOT_PUBLIC_IPV6 : NOT_PUBLIC_IPV4;
  return contains(reachable, address) || !contains(notPublic, address);
}

function listOf(networks: string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), familyOf(address));
  }
  return list;
}

function isNetwork(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= longest;
}

/** Whether an address, IPv4 or IPv6, is of a list's networks. */
export const contains = (list: BlockList, address: string) => list.check(address, familyOf(address));

function familyOf(address: string) {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
