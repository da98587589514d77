/** A proxy of this process's own: a program that fetches for us reaches only what we may reach. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, isIP, type LookupFunction, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FilmFetcher } from '../../../platform/outbound/outbound.ts';

export type Gate = {
  /** As in `http://127.0.0.1:41234`. */
  url: string;
  /** Cuts all that goes through it. */
  close(): Promise<void>;
};

/** Opens it on loopback. Every name is judged when it is called, and connected to at the address that was judged. */
export async function openGate(films: Pick<FilmFetcher, 'judge' | 'refuses'>): Promise<Gate> {
  const sockets = new Set<Duplex>();
  const keep = (socket: Duplex) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };
  const addressOf = async (url: URL): Promise<string> => {
    if (films.refuses(url)) throw new Error('refused');
    const bare = url.hostname.replace(/^\[(.*)\]$/, '$1');
    if (isIP(bare) !== 0) return bare;
    return (await films.judge(bare))[0].address;
  };

  const server = createServer((asked, response) => {
    passOn(asked, response, addressOf).catch(() => response.writeHead(403).end());
  });
  server.on('connection', keep);
  server.on('connect', (asked: IncomingMessage, client: Duplex, head: Buffer) => {
    const url = URL.parse(`https://${asked.url}`);
    const address = url ? addressOf(url) : Promise.reject(new Error('refused'));
    address.then(
      (host) => join(client, head, connect(Number(url?.port || 443), host), keep),
      () => client.end('HTTP/1.1 403 Forbidden\r\n\r\n'),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function join(client: Duplex, head: Buffer, target: Socket, keep: (socket: Duplex) => void): void {
  keep(target);
  target.once('connect', () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    target.write(head);
    client.pipe(target).pipe(client);
  });
  for (const [one, other] of [
    [client, target],
    [target, client],
  ] as const)
    one.once('close', () => other.destroy());
}

async function passOn(
  asked: IncomingMessage,
  response: ServerResponse,
  addressOf: (url: URL) => Promise<string>,
): Promise<void> {
  const url = URL.parse(asked.url ?? '');
  if (url?.protocol !== 'http:') throw new Error('refused');
  const address = await addressOf(url);
  const lookup: LookupFunction = (_name, { all }, callback) =>
    all ? callback(null, [{ address, family: isIP(address) }]) : callback(null, address, isIP(address));
  const { 'proxy-connection': _, connection: __, ...headers } = asked.headers;
  const sent = request(url, { method: asked.method ?? 'GET', headers, lookup, agent: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.on('error', () => response.destroy()).pipe(response);
  });
  sent.on('error', () => response.destroy());
  response.once('close', () => sent.destroy());
  asked.pipe(sent);
}
