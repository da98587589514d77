/** Plays an answer file of `vidpipe doctor --live` to whoever asks the same again. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { AnswerFile } from '../../../src/live-try.ts';
import type { KeptExchange } from '../../../src/providers/google/answers/kept-exchange.ts';
import { SHORTENED, type StandIn } from '../../../src/providers/google/answers/shorten.ts';
import { ClipShelf } from '../paid-provider/wares.ts';
import { temporaryFolder } from '../temporary/folder.ts';
import { credentialsFor, tokenReply } from './credentials.ts';

export type Replay = {
  /** Environment of a process that hears the file's answers, and asks as the one that wrote it did. */
  environment: Record<string, string>;
  /** Requests that the file has no answer to. */
  strange(): readonly string[];
  stop(): Promise<void>;
};

/** What a replayed project is called, as in the file. */
const PROJECT = 'P';

/** Starts it, in this process. */
export async function startReplay(file: AnswerFile): Promise<Replay> {
  const folder = temporaryFolder('replay');
  const shelf = new ClipShelf(path.join(folder, 'clips'));
  const answers = new Map<string, KeptExchange[]>();
  for (const exchange of file.exchanges) {
    const key = keyOf(exchange.method, exchange.path);
    answers.set(key, [...(answers.get(key) ?? []), exchange]);
  }
  const strange: string[] = [];
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    await buffer(request);
    const key = keyOf(request.method ?? '', request.url ?? '');
    if (key === 'POST /token') return write(response, tokenReply());
    const left = answers.get(key) ?? [];
    // Of what is asked again and again, the last answer holds.
    const said = left.length > 1 || request.method === 'POST' ? left.shift() : left[0];
    if (!said) strange.push(key);
    write(
      response,
      said ? await replyOf(said, shelf) : { status: 404, type: 'application/json', body: '{}' },
    );
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    environment: await environmentOf(file, url, folder),
    strange: () => strange,
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Polls of Veo are POSTs that are asked again: their answers are as many as there were. */
const keyOf = (method: string, address: string): string => {
  const { pathname, searchParams } = new URL(address, 'http://replay');
  return `${method} ${pathname}${searchParams.get('stream') === 'true' ? ' as a stream' : ''}`;
};

async function environmentOf({ surface, models, transport }: AnswerFile, url: string, folder: string) {
  const chosen = {
    VIDPIPE_GOOGLE_TEXT_MODEL: models['STORYBOARD'] ?? '',
    VIDPIPE_GOOGLE_IMAGE_MODEL: models['KEYFRAME'] ?? '',
    VIDPIPE_GOOGLE_VIDEO_MODEL: models['CLIP'] ?? '',
    ...(transport && { VIDPIPE_GOOGLE_OMNI_TRANSPORT: transport }),
    VIDPIPE_GOOGLE_POLL_SECONDS: '1',
  };
  if (surface === 'GEMINI')
    return { ...chosen, GEMINI_API_KEY: 'AIza-replayed-000', GOOGLE_GEMINI_BASE_URL: url };
  return {
    ...chosen,
    GOOGLE_GENAI_USE_VERTEXAI: 'true',
    GOOGLE_CLOUD_PROJECT: PROJECT,
    GOOGLE_VERTEX_BASE_URL: url,
    GOOGLE_APPLICATION_CREDENTIALS: await credentialsFor(folder, url),
  };
}

type Written = { status: number; type: string; body: string | Buffer };

async function replyOf({ status, headers, body }: KeptExchange, shelf: ClipShelf): Promise<Written> {
  const type = headers['content-type'] ?? 'application/json';
  const whole = await unshortened(body, shelf);
  if (Buffer.isBuffer(whole)) return { status, type, body: whole };
  if (typeof whole === 'string') return { status, type, body: whole };
  if (!type.includes('event-stream')) return { status, type, body: JSON.stringify(inBase64(whole)) };
  const { events } = inBase64(whole) as { events: unknown[] };
  const lines = events.map((each) => `data: ${typeof each === 'string' ? each : JSON.stringify(each)}\n\n`);
  return { status, type, body: lines.join('') };
}

/** With something of the same size and length in the place of each stand-in. */
async function unshortened(value: unknown, shelf: ClipShelf): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((each) => unshortened(each, shelf)));
  if (typeof value !== 'object' || value === null) return value;
  const standIn = (value as Partial<Record<string, StandIn>>)[SHORTENED];
  if (standIn) return wareOf(standIn, shelf);
  const entries = Object.entries(value).map(async ([key, each]) => [key, await unshortened(each, shelf)]);
  return Object.fromEntries(await Promise.all(entries)) as unknown;
}

async function wareOf(
  { kind, size, durationSeconds, picture, bytes }: StandIn,
  shelf: ClipShelf,
): Promise<Buffer> {
  if (kind === 'PICTURE' && picture !== null) return Buffer.from(picture, 'base64');
  if (kind !== 'FILM' || size === null || durationSeconds === null) return Buffer.alloc(bytes);
  return readFile(await shelf.take(size, Math.round(durationSeconds)));
}

function inBase64(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (Array.isArray(value)) return value.map(inBase64);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inBase64(each)]));
}

function write(response: ServerResponse, { status, type, body }: Written): void {
  response.shouldKeepAlive = false;
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}

/** Reads an answer file; @throws for anything else. */
export async function readAnswers(name: string): Promise<AnswerFile> {
  const file = JSON.parse(await readFile(name, 'utf8')) as AnswerFile;
  if (file.format !== 'vidpipe: answers of Google, 1') throw new Error(`${name} is no answer file.`);
  return file;
}
