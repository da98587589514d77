/** Which request is which call, on both surfaces. */
import { z } from 'zod';
import type { Ledger } from '../paid-provider/ledger.ts';
import { jsonReply, Refusal, type Reply } from '../paid-provider/reply.ts';
import type { ClipShelf } from '../paid-provider/wares.ts';
import { ClipCounter } from './clips.ts';
import { ContentCounter } from './content-counter.ts';
import { TOKEN, tokenReply } from './credentials.ts';
import { FileCounter } from './files.ts';
import type { PlayedAsked, RefusedEntry } from './play.ts';
import { googleError, interactionError } from './refusals.ts';
import { SoundCounter } from './sounds.ts';
import { API_KEY, type RecordedRequest } from './start.ts';
import {
  contentRequest,
  formatOf,
  hearingRequest,
  listeningRequest,
  longestOf,
  type OmniRequest,
  omniRequest,
  veoPoll,
  veoRequest,
} from './wire.ts';
import type { World } from './world.ts';

/** Models that answer on each surface (2026-11): Veo is gone from the Gemini API, and Omni's names differ. */
const GEMINI_MODELS = /^(gemini-3|gemini-omni-1\.[12]-flash$)/;
const VERTEX_MODELS = /^(gemini-3|gemini-omni-(?:1\.1-flash-preview|1\.2-flash)$|veo-3\.1-)/;
const VEO_LOCATION = 'us-central1';

const VERTEX = /^\/v1beta1\/projects\/[^/]+\/locations\/([^/]+)\/publishers\/google\/models\/([^/:]+):(\w+)$/;
const GEMINI = /^\/v1(?:beta)?\/models\/([^/:]+):(\w+)$/;
const INTERACTION =
  /^\/(?:v1|v1beta|v1beta1\/projects\/[^/]+\/locations\/global)\/interactions(?:\/([^/]+))?(\/cancel)?$/;
const MODEL = /^\/(?:v1(?:beta)?\/models|v1beta1\/publishers\/google\/models)\/([^/:]+)$/;
const FILE = /^\/v1(?:beta)?\/(files\/[^/:]+)(:download)?$/;
const OBJECT = /^\/storage\/v1\/b\/([^/]+)\/o\/([^/]+)$/;

const MULTIPLE = 'Multiple authentication credentials received. Please pass only one.';

/** Whether a request asks for a model and can buy nothing: a description, or a purchase of nothing. */
export function isQuestion({ method, path, body }: RecordedRequest): boolean {
  if (method === 'GET') return MODEL.test(path);
  const bought = z.object({
    contents: z.tuple([]).optional(),
    instances: z.tuple([]).optional(),
    input: z.tuple([]).optional(),
  });
  const asked = bought.safeParse(body).data;
  return [asked?.contents, asked?.instances, asked?.input].some((each) => each !== undefined);
}

/** Understands requests; answers at once what cannot go wrong by script. */
export class Routes {
  readonly #clips: ClipCounter;
  readonly #contents: ContentCounter;
  readonly #files: FileCounter;
  readonly #sounds: SoundCounter;
  readonly #world: () => World;

  constructor(ledger: Ledger, shelf: ClipShelf, world: () => World, refusals: RefusedEntry[]) {
    this.#clips = new ClipCounter(ledger, shelf, world, refusals);
    this.#contents = new ContentCounter(ledger, refusals);
    this.#sounds = new SoundCounter(ledger, refusals);
    this.#files = new FileCounter(ledger, shelf, world);
    this.#world = world;
  }

  understand(request: RecordedRequest): PlayedAsked | Reply {
    const { method, path, body } = request;
    if (path === '/token') return token(body);
    requireCredentials(request);
    const [, location = '', vertexModel, vertexVerb] = VERTEX.exec(path) ?? [];
    if (vertexModel && vertexVerb) return this.#model(request, vertexModel, vertexVerb, location);
    const [, model, verb] = GEMINI.exec(path) ?? [];
    if (model && verb) return this.#model(request, model, verb, null);
    const [interaction, id, cancel] = INTERACTION.exec(path) ?? [];
    if (interaction) return this.#interaction(request, id, cancel);
    const [, file, download] = FILE.exec(path) ?? [];
    if (file) return download ? this.#files.download(file) : this.#files.describe(file);
    const [, bucket, object] = OBJECT.exec(path) ?? [];
    if (bucket && object) return this.#files.download(`gs://${bucket}/${decodeURIComponent(object)}`);
    const [, known] = MODEL.exec(path) ?? [];
    if (known) return this.#describeModel(known, isVertex(path));
    throw new Refusal(404, `${method} ${path} was not found.`);
  }

  #model({ path, body }: RecordedRequest, model: string, verb: string, location: string | null) {
    const models = location === null ? GEMINI_MODELS : VERTEX_MODELS;
    const isVeo = model.startsWith('veo-');
    const isHere = models.test(model) && (!isVeo || location === VEO_LOCATION);
    if (!isHere || isVeo !== (verb !== 'generateContent'))
      throw new Refusal(404, `models/${model} is not found, or is not supported for ${verb}.`);
    if (this.#isDead(model)) return googleError(404, gone(path, model));
    if (isEar(model)) return this.#sounds.hear(model, hearingRequest.parse(body));
    if (verb === 'generateContent') return this.#contents.ask(model, contentRequest.parse(body));
    if (verb === 'fetchPredictOperation') return this.#clips.poll(veoPoll.parse(body).operationName);
    if (verb !== 'predictLongRunning') throw new Refusal(404, `There is no ${verb}.`);
    return this.#clips.veo(path.slice('/v1beta1/'.length, path.lastIndexOf(':')), veoRequest.parse(body));
  }

  #interaction({ method, path, query, body }: RecordedRequest, id?: string, cancel?: string) {
    if (method === 'POST' && id === undefined) {
      const { model } = z.object({ model: z.string() }).parse(body);
      const models = isVertex(path) ? VERTEX_MODELS : GEMINI_MODELS;
      if (!models.test(model) || this.#isDead(model))
        return interactionError(404, 'model_not_found', `Model '${model}' not found.`);
      if (isEar(model)) return this.#sounds.listen(listeningRequest.parse(body));
      return this.#order(omniRequest.parse(body));
    }
    const name = `interactions/${id}`;
    if (cancel !== undefined) return this.#clips.cancel(name);
    const { stream, last_event_id: lastEventId } = query;
    const world = this.#world();
    const isLet = {
      NONE: false,
      STREAM: stream === 'true',
      V1: path.startsWith('/v1/'),
      KEY_IN_QUERY: query['key'] !== undefined,
    }[world.readsBackgroundBy];
    const isRefused = !world.readsBackground && !isVertex(path) && !isLet;
    if (isRefused && this.#clips.isInBackground(name))
      return interactionError(400, 'invalid_request', MULTIPLE);
    return stream === 'true' ? this.#clips.follow(name, lastEventId) : this.#clips.poll(name);
  }

  /** In Omni's words (omni facts, 7). */
  #order(request: OmniRequest): PlayedAsked | Reply {
    const seconds = Number.parseInt(formatOf(request).duration, 10);
    const longest = longestOf(request);
    if (seconds <= longest) return this.#clips.omni(request);
    const message = `Requested video duration ${seconds}s 0ns exceeds the maximum allowed ${longest}s 0ns`;
    return interactionError(400, 'invalid_request', message);
  }

  #describeModel(name: string, onVertex: boolean): Reply {
    if (!(onVertex ? VERTEX_MODELS : GEMINI_MODELS).test(name) || this.#isDead(name))
      throw new Refusal(404, `models/${name} is not found.`);
    return jsonReply({ name: onVertex ? `publishers/google/models/${name}` : `models/${name}` });
  }

  #isDead = (model: string): boolean => this.#world().deadModels.includes(model);
}

const isEar = (model: string): boolean => model.includes('transcribe');

const isVertex = (path: string): boolean => path.startsWith('/v1beta1/') || path.startsWith('/storage/');

/** As the surface words it (Veo facts, 33). */
const gone = (path: string, model: string): string =>
  isVertex(path)
    ? `Publisher Model \`${path.slice('/v1beta1/'.length, path.lastIndexOf(':'))}\` was not found or your project does not have access to it.`
    : `models/${model} is not found for API version v1beta, or is not supported for generateContent.`;

function requireCredentials({ path, query, headers }: RecordedRequest): void {
  const onVertex = isVertex(path);
  const isKnown = onVertex
    ? headers['authorization'] === `Bearer ${TOKEN}`
    : (headers['x-goog-api-key'] ?? query['key']) === API_KEY;
  if (!isKnown)
    throw new Refusal(onVertex ? 401 : 400, onVertex ? 'No valid credentials.' : 'API key not valid.');
}

function token(body: unknown): Reply {
  const subject = new URLSearchParams(String(body)).get('subject_token');
  if (subject !== 'subject-token') return jsonReply({ error: 'invalid_grant' }, 400);
  const { status, type, body: told } = tokenReply();
  return { status, type, body: Buffer.from(told) };
}
