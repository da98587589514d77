/**
 * A vendor for tests, as a process of its own: sells storyboards, pictures and clips over HTTP, fails by script, and
 * keeps count of what was bought. `node server.ts --ledger <file> [--port <number>]` prints its URL once it listens;
 * it may be killed and started again at any time.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Control } from './control.ts';
import { Counter } from './counter.ts';
import { FaultScript } from './fault-script.ts';
import { Ledger } from './ledger.ts';
import { answer, type Asked, jsonReply, Refusal, send } from './reply.ts';
import { ClipShelf } from './wares.ts';

const { values: given } = parseArgs({
  options: { ledger: { type: 'string' }, port: { type: 'string', default: '0' } },
});
if (given.ledger === undefined) throw new Error('--ledger <file> is missing.');

const ledger = new Ledger(given.ledger);
const faults = new FaultScript();
const control = new Control(ledger, faults);
const counter = new Counter(ledger, new ClipShelf(`${given.ledger}.clips`));

/** What the adapter asks for. */
function understand(route: string, id: string, body: unknown): Asked {
  switch (route) {
    case 'POST storyboards':
      return counter.storyboard(body);
    case 'POST keyframes':
      return counter.keyframe(body);
    case 'POST clips':
      return counter.clip(body);
    case 'GET operations':
      return counter.poll(id);
    case 'POST operations/cancel':
      return counter.cancel(id);
    case 'GET files':
      return counter.download(id);
    default:
      throw new Refusal(404, 'There is no such route.');
  }
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, collection = '', id = '', action] = (request.url ?? '').split('/');
  const route = `${request.method} ${collection}${action === undefined ? '' : `/${action}`}`;
  const body = request.method === 'POST' ? await json(request) : null;
  const controlled = control.answer(route, body);
  if (controlled) return send(response, controlled);
  const asked = understand(route, id, body);
  await answer(response, asked, faults.strike(asked.call, asked.subject));
}

function refuse(response: ServerResponse, error: unknown): void {
  const wrong = error instanceof z.ZodError || error instanceof SyntaxError;
  const status = error instanceof Refusal ? error.status : wrong ? 400 : 500;
  send(response, jsonReply({ error: error instanceof Error ? error.message : String(error) }, status));
}

const server = createServer((request, response) => {
  serve(request, response).catch((error: unknown) => refuse(response, error));
});
server.listen(Number(given.port), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

// Started by a test, it ends with it.
process.once('disconnect', () => process.exit());
