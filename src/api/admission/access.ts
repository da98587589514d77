import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

const LOCAL_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** Why a request is refused before anything reads it. */
export type Refusal = { status: 403 | 421; reason: 'host' | 'origin'; message: string };

/** Tells requests that are meant for this server from those that a web page made behind somebody's back. */
export type Access = {
  refuse(request: IncomingMessage): Refusal | undefined;
  /** Where the client believes this server is, as in `https://films.example`; of a request that was not refused. */
  originOf(headers: IncomingHttpHeaders): string;
  /** The origin of the page that asks, if it is another one and may. */
  guestOf(headers: IncomingHttpHeaders): string | undefined;
};

export type AccessOptions = {
  /** Address the server listens on. */
  host: string;
  /** Other addresses that clients reach it at, as origins: those of proxies. None unless given. */
  publicUrls?: readonly string[];
  /** Origins of pages from elsewhere that may use it. None unless given. */
  allowedOrigins?: readonly string[];
};

/**
 * Lets in what names this server by a name of its own, and comes from a page of its own, from one that was allowed or
 * from no page at all. A stranger's page fails on `Origin`; one whose host name was pointed at this machine (DNS
 * rebinding) fails on `Host`.
 */
export function openAccess({ host, publicUrls = [], allowedOrigins = [] }: AccessOptions): Access {
  const names = new Set([...LOCAL_NAMES, host.includes(':') ? `[${host}]` : host]);
  const guests = new Set(allowedOrigins);

  const ownOrigin = ({ host: header }: IncomingHttpHeaders): string | undefined => {
    if (header === undefined) return undefined;
    const reached = publicUrls.find((url) => isAt(url, header));
    if (reached !== undefined) return reached;
    const name = hostName(header);
    return name !== undefined && names.has(name) ? `http://${header}` : undefined;
  };

  return {
    refuse({ headers }) {
      const own = ownOrigin(headers);
      if (own === undefined) {
        const known = [...names, ...publicUrls].join(', ');
        const message = `This server answers to ${known}, not to "${headers.host ?? ''}".`;
        return { status: 421, reason: 'host', message };
      }
      const { origin } = headers;
      if (origin === undefined || origin === own || guests.has(origin)) return undefined;
      return { status: 403, reason: 'origin', message: `Pages of ${origin} may not use this server.` };
    },
    originOf: (headers) => ownOrigin(headers) ?? 'http://localhost',
    guestOf: ({ origin }) => (origin !== undefined && guests.has(origin) ? origin : undefined),
  };
}

/** Whether `header` is the host of an origin, with its port unless that is the scheme's own. */
function isAt(origin: string, header: string): boolean {
  const { protocol, host } = new URL(origin);
  const port = { 'http:': /:80$/, 'https:': /:443$/ }[protocol];
  return header.toLowerCase().replace(port ?? '', '') === host;
}

function hostName(header: string): string | undefined {
  const url = URL.parse(`http://${header}`);
  return url?.host === header.toLowerCase().replace(/:80$/, '') ? url.hostname : undefined;
}
