import type { IncomingMessage } from 'node:http';

const LOCAL_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** Why a request is refused before anything reads it. */
export type Refusal = { status: 403 | 421; message: string };

/** Tells requests of this machine's person from those that a web page made behind their back. */
export type Access = { refuse(request: IncomingMessage): Refusal | undefined };

/**
 * Lets in what names this server by a name of its own, and comes from a page of its own or from no
 * page at all. A stranger's page fails on `Origin`; one whose host name was pointed at this machine
 * (DNS rebinding) fails on `Host`.
 *
 * @param host address the server listens on.
 */
export function ownAccess(host: string): Access {
  const names = new Set([...LOCAL_NAMES, host.includes(':') ? `[${host}]` : host]);
  return {
    refuse({ headers }) {
      const name = hostName(headers.host);
      if (!name || !names.has(name)) {
        const known = [...names].join(', ');
        return { status: 421, message: `This server answers to ${known}, not to "${headers.host ?? ''}".` };
      }
      const { origin } = headers;
      if (origin === undefined || origin === originOf(headers.host)) return undefined;
      return { status: 403, message: `Pages of ${origin} may not use this server.` };
    },
  };
}

/** `http://host:port` as the client wrote it. */
export const originOf = (hostHeader: string | undefined): string => `http://${hostHeader ?? 'localhost'}`;

function hostName(header: string | undefined): string | undefined {
  const url = URL.parse(originOf(header));
  return header === undefined || url?.host !== header.toLowerCase().replace(/:80$/, '')
    ? undefined
    : url.hostname;
}
