/** A server that films are fetched from: it knows ranges, and may cut the line. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FilmServer = {
  urlOf(name: string): string;
  /** Name -> bytes. */
  files: Map<string, Buffer>;
  /** Ranges that were asked for, in order; null for the whole. */
  asked: (string | null)[];
  /** Bytes after which the line is cut, for the next answers in turn; null for none. */
  cuts: (number | null)[];
  /** Answers in its place, where it does. */
  instead: ((request: IncomingMessage, response: ServerResponse) => boolean) | null;
  /** Whether its answers say what file they are of. */
  hasTags: boolean;
  close(): Promise<void>;
};

export async function startFilmServer(): Promise<FilmServer> {
  const server = createServer((request, response) => {
    const range = request.headers.range ?? null;
    films.asked.push(range);
    if (films.instead?.(request, response)) return;
    const bytes = films.files.get((request.url ?? '').slice(1));
    if (!bytes) {
      response.writeHead(404).end();
      return;
    }
    const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}"`;
    const isSame = request.headers['if-range'] === etag;
    const from = range !== null && isSame ? Number(/\d+/.exec(range)?.[0]) : 0;
    const rest = bytes.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': rest.length,
      ...(films.hasTags && { etag }),
      ...(from > 0 && { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
    });
    const cut = films.cuts.shift() ?? null;
    if (cut === null) response.end(rest);
    else response.write(rest.subarray(0, cut), () => setTimeout(() => response.destroy(), 200));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const films: FilmServer = {
    urlOf: (name) => `http://127.0.0.1:${port}/${name}`,
    files: new Map(),
    asked: [],
    cuts: [],
    instead: null,
    hasTags: true,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
  return films;
}
