/**
 * Google for tests, as a process of its own: speaks the Gemini API and Vertex as @google/genai expects them, and takes the
 * orders of tests that the paid test provider takes (`../paid-provider/control.ts`), and some of its own ({@link obey}).
 * `node server.ts --ledger <file> [--port <number>]` prints its URL once it listens.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Control } from '../paid-provider/control.ts';
import { FaultScript } from '../paid-provider/fault-script.ts';
import { Ledger } from '../paid-provider/ledger.ts';
import { answer, jsonReply, Refusal, type Reply, send } from '../paid-provider/reply.ts';
import { ClipShelf } from '../paid-provider/wares.ts';
import { played, type RefusedEntry } from './play.ts';
import { googleError } from './refusals.ts';
import { isQuestion, Routes } from './routes.ts';
import { ScenarioScript } from './scenario-script.ts';
import { cue } from './scenario.ts';
import type { RecordedRequest } from './start.ts';
import { USUAL_WORLD, type World, world } from './world.ts';

const { values: given } = parseArgs({
  options: { ledger: { type: 'string' }, port: { type: 'string', default: '0' } },
});
if (given.ledger === undefined) throw new Error('--ledger <file> is missing.');

const ledger = new Ledger(given.ledger);
const faults = new FaultScript();
const control = new Control(ledger, faults);
const scenes = new ScenarioScript();
const refusals: RefusedEntry[] = [];
let day = USUAL_WORLD;
const routes = new Routes(ledger, new ClipShelf(`${given.ledger}.clips`), () => day, refusals);
const requests: RecordedRequest[] = [];

async function read(request: IncomingMessage): Promise<RecordedRequest> {
  const url = new URL(request.url ?? '/', 'http://server');
  const words = await text(request);
  const isJson = request.headers['content-type']?.includes('json') === true;
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: words === '' ? null : isJson ? JSON.parse(words) : words,
  };
}

async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const request = await read(incoming);
  const route = `${request.method} ${request.path.slice(1)}`;
  // Orders come from plain `fetch`, which calls JSON text.
  const order =
    typeof request.body === 'string' && route !== 'POST token' ? parse(request.body) : request.body;
  const controlled = control.answer(route, order) ?? obey(route, order);
  if (controlled) return send(response, controlled);
  requests.push(request);
  if (day.asking && isQuestion(request)) {
    await setTimeout(day.asking.delayMs);
    return send(response, googleError(day.asking.status, 'The question has no answer today.'));
  }
  const asked = routes.understand(request);
  if ('status' in asked) return send(response, asked);
  const fault = faults.strike(asked.call, asked.subject);
  const play = fault ? undefined : scenes.strike(asked.places ?? [], asked.subject);
  await answer(response, played(asked, play), fault, googleError);
}

/** What tests say to this server alone. */
function obey(route: string, order: unknown): Reply | undefined {
  switch (route) {
    case 'GET requests':
      return jsonReply(requests);
    case 'GET refusals':
      return jsonReply(refusals);
    case 'POST scenarios':
      for (const each of z.array(cue).parse(order)) scenes.add(each);
      return jsonReply({});
    case 'DELETE scenarios':
      scenes.clear();
      return jsonReply({});
    case 'POST world':
      return jsonReply(turnTo(world.partial().parse(order)));
    default:
      return undefined;
  }
}

/** Chance is drawn anew only where a seed is told. */
function turnTo(change: { [Name in keyof World]?: World[Name] | undefined }): World {
  day = world.parse({ ...day, ...change });
  if (change.seed !== undefined) scenes.seed(change.seed);
  return day;
}

function parse(body: string): unknown {
  return body.startsWith('{') || body.startsWith('[') ? JSON.parse(body) : body;
}

function refuse(response: ServerResponse, error: unknown): void {
  const wrong = error instanceof z.ZodError || error instanceof SyntaxError;
  const status = error instanceof Refusal ? error.status : wrong ? 400 : 500;
  send(response, googleError(status, error instanceof Error ? error.message : String(error)));
}

const server = createServer((request, response) => {
  serve(request, response).catch((error: unknown) => refuse(response, error));
});
server.listen(Number(given.port), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

// Started by a test, it ends with it.
process.once('disconnect', () => process.exit());
