import { lookup as lookUp, type LookupAddress } from 'node:dns';
import { type IncomingHttpHeaders, type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import { isReachable, parseNetworks } from './networks.ts';
import { addressRefused, NoAnswerError, unreachable } from './no-answer.ts';
import { type Judge, type Way, wayThroughProxy } from './through-proxy.ts';

/** Longest from the look-up of the name to the end of the answer; ours, in the 15 to 30 s Standard Webhooks advise. */
const TIMEOUT_MILLISECONDS = 15_000;
/** What is read of an answer's body, to let its sender end in peace; it is thrown away. */
const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_HEADER_BYTES = 16 * 1024;
/** Ours: whoever asks for more is as good as gone. */
const LONGEST_PAUSE_SECONDS = 24 * 3_600;

/** All addresses of a name. */
export type ResolveName = (hostname: string) => Promise<LookupAddress[]>;

export type OutboundOptions = {
  /** Networks that may be reached although they are not public, as in {@link parseNetworks}; null for none. */
  networks: string | null;
  /** The same, of those that films may be fetched from; null for none. */
  filmNetworks?: string | null;
  /** The system's resolver unless given. */
  resolve?: ResolveName;
  /** 15 seconds unless given. */
  timeoutMilliseconds?: number;
};

export type Answer = {
  status: number;
  /** Seconds the receiver asks to be left alone for; null if it does not. */
  retryAfterSeconds: number | null;
};

/** Calls addresses of strangers' choosing, and never one that is not public: they would reach what this machine can. */
export type Outbound = {
  /** Whether `url` names an address, or this machine itself, that would be refused. Other names are judged when called. */
  refuses(url: URL): boolean;
  /**
   * Posts `body` once, to an address that is looked up once and judged before it is connected to. Redirects are not
   * followed: they are answers like any other.
   *
   * @throws {NoAnswerError} `TIMED_OUT`, `UNREACHABLE`, or `ADDRESS_REFUSED`: nothing was sent then.
   */
  post(url: URL, headers: Record<string, string>, body: string, signal: AbortSignal): Promise<Answer>;
  /** Fetches films, from networks of their own. */
  films: FilmFetcher;
};

/** Calls addresses of strangers' choosing and hands out what is there. */
export type FilmFetcher = Pick<Outbound, 'refuses'> & {
  /**
   * Asks for what lies at `url`. At most five redirects are followed, each judged as the first; none leads from HTTPS to
   * HTTP. The caller reads the body, or destroys it.
   *
   * @param signal ends the body, too.
   * @throws {NoAnswerError} as `post` does, where the headers do not come.
   */
  get(url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<Opened>;
  /**
   * The addresses of a name that may be called.
   *
   * @throws {NoAnswerError} `ADDRESS_REFUSED`.
   */
  judge: Judge;
};

/** An answer whose body has not been read. */
export type Opened = {
  /** Where it came from at last. */
  url: URL;
  status: number;
  headers: IncomingHttpHeaders;
  body: IncomingMessage;
};

const systemResolver: ResolveName = (hostname) => promisify(lookUp)(hostname, { all: true });

/** @throws {Error} if `networks` is no list of networks. */
export function openOutbound(options: OutboundOptions): Outbound {
  const { networks, filmNetworks = null, resolve = systemResolver } = options;
  const { timeoutMilliseconds = TIMEOUT_MILLISECONDS } = options;
  const { refuses, judge } = guardOf(networks, resolve);
  const films = guardOf(filmNetworks, resolve);

  return {
    refuses,
    async post(url, headers, body, signal) {
      if (refuses(url)) throw addressRefused(url.hostname);
      const timeout = AbortSignal.timeout(timeoutMilliseconds);
      try {
        const either = AbortSignal.any([signal, timeout]);
        const way = (await wayThroughProxy(url, judge)) ?? directly(judge);
        const sent = { ...way, headers: { ...headers, ...way.headers }, signal: either };
        const response = await send(url, sent, body);
        await discard(response);
        return { status: response.statusCode ?? 0, retryAfterSeconds: retryAfterOf(response) };
      } catch (error) {
        if (!timeout.aborted || signal.aborted) throw unreachable(error);
        const message = `No answer within ${timeoutMilliseconds / 1_000} s.`;
        throw new NoAnswerError('TIMED_OUT', message, { cause: error });
      }
    },
    films: {
      ...films,
      get: (url, headers, signal) => follow(url, headers, { guard: films, timeoutMilliseconds, signal }),
    },
  };
}

/** What tells which addresses may be called. */
type Guard = Pick<FilmFetcher, 'refuses' | 'judge'>;

function guardOf(networks: string | null, resolve: ResolveName): Guard {
  const reachable = networks === null ? new BlockList() : parseNetworks(networks);
  if (reachable === null) throw new Error(`Not a list of networks: ${networks}`);
  const mayReach = (address: string) => isReachable(address, reachable);
  const refuses = (url: URL) => {
    const address = literalAddress(url);
    return address !== null && !mayReach(address);
  };
  return { refuses, judge: judgeOf(resolve, mayReach) };
}

/** The address a URL names without any look-up; null if it has a name. `localhost` is loopback by RFC 6761. */
function literalAddress({ hostname }: URL): string | null {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  if (/(^|\.)localhost\.?$/.test(bare)) return '127.0.0.1';
  return isIP(bare) === 0 ? null : bare;
}

function judgeOf(resolve: ResolveName, mayReach: (address: string) => boolean): Judge {
  return async (hostname) => {
    const [first, ...others] = await resolve(hostname);
    if (!first) throw new Error(`${hostname} has no address.`);
    if (![first, ...others].every(({ address }) => mayReach(address))) throw addressRefused(hostname);
    return [first, ...others];
  };
}

/** The socket connects to what the judge gives it: between the judgement and the connection nothing is looked up again. */
function directly(judge: Judge): Way {
  const lookup: LookupFunction = (hostname, { all }, callback) => {
    judge(hostname).then(
      (addresses) =>
        all ? callback(null, addresses) : callback(null, addresses[0].address, addresses[0].family),
      (error: Error) => callback(error, ''),
    );
  };
  // No agent: a connection that is kept would outlive the judgement of its address.
  return { lookup, agent: false };
}

const MOST_REDIRECTS = 5;

type Following = { guard: Guard; timeoutMilliseconds: number; signal: AbortSignal };

async function follow(first: URL, headers: Record<string, string>, options: Following): Promise<Opened> {
  let url = first;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const body = await openOnce(url, headers, options);
    const { statusCode: status = 0, headers: told } = body;
    const next = status >= 300 && status < 400 ? URL.parse(told.location ?? '', url) : null;
    if (!next) return { url, status, headers: told, body };
    body.destroy();
    const isWorse = url.protocol === 'https:' && next.protocol !== 'https:';
    if (isWorse || !/^https?:$/.test(next.protocol) || next.username !== '' || next.password !== '')
      throw new NoAnswerError('ADDRESS_REFUSED', `${url.hostname} leads to where nothing is fetched from.`);
    url = next;
  }
  throw new NoAnswerError(
    'ADDRESS_REFUSED',
    `${first.hostname} leads from one address to the next without an end.`,
  );
}

async function openOnce(url: URL, headers: Record<string, string>, options: Following) {
  const { guard, timeoutMilliseconds, signal } = options;
  if (guard.refuses(url)) throw addressRefused(url.hostname);
  // Only for the headers: what comes then may take long, and is watched by whoever reads it.
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), timeoutMilliseconds);
  try {
    const way = (await wayThroughProxy(url, guard.judge)) ?? directly(guard.judge);
    const either = AbortSignal.any([signal, late.signal]);
    const sent = { ...way, headers: { ...headers, ...way.headers }, signal: either };
    return await send(url, { ...sent, method: 'GET' }, null);
  } catch (error) {
    if (!late.signal.aborted || signal.aborted) throw unreachable(error);
    const message = `No answer within ${timeoutMilliseconds / 1_000} s.`;
    throw new NoAnswerError('TIMED_OUT', message, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

function send(url: URL, options: RequestOptions, body: string | null): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', ...options, maxHeaderSize: MAX_HEADER_BYTES }, resolve)
      .on('error', reject)
      .end(body ?? undefined);
  });
}

async function discard(response: IncomingMessage): Promise<void> {
  let size = 0;
  try {
    for await (const chunk of response) {
      size += (chunk as Buffer).length;
      // Leaving the loop cuts the connection.
      if (size > MAX_ANSWER_BYTES) break;
    }
  } catch {
    // The status came first and says it all: what follows may be cut short.
  }
}

function retryAfterOf({ headers }: IncomingMessage): number | null {
  const text = headers['retry-after'] ?? '';
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - Date.now()) / 1_000);
  return seconds > 0 ? Math.min(seconds, LONGEST_PAUSE_SECONDS) : null;
}
