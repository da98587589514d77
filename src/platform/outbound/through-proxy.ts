import type { LookupAddress } from 'node:dns';
import type { RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import { getProxyForUrl } from 'proxy-from-env';
import { agentsThrough } from './environment-proxy.ts';

/** Gives the addresses of a name, if all of them may be called. */
export type Judge = (hostname: string) => Promise<[LookupAddress, ...LookupAddress[]]>;

/** Options that lead a request to its address. */
export type Way = Omit<RequestOptions, 'headers'> & { headers?: { host: string } };

/**
 * How a request for `url` goes through the environment's proxy; null where it names none for it.
 *
 * The name is looked up and judged here all the same, and the proxy is asked for that address: it might find another
 * one, of a network that only it can reach. So a receiver of HTTPS is known by its name, in TLS and in `Host`; of plain
 * HTTP, proxies take the address for the host.
 *
 * @throws {NoAnswerError} `ADDRESS_REFUSED`, as `judge` does.
 */
export async function wayThroughProxy(url: URL, judge: Judge): Promise<Way | null> {
  const proxy = getProxyForUrl(url.href);
  if (proxy === '') return null;
  const bare = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const [{ address }] = await judge(bare);
  const agents = agentsThrough({ HTTP_PROXY: proxy, HTTPS_PROXY: proxy });
  if (url.protocol === 'http:') return { agent: agents.http, hostname: address };
  const servername = isIP(bare) === 0 ? { servername: bare } : {};
  return { agent: agents.https, hostname: address, headers: { host: url.host }, ...servername };
}
