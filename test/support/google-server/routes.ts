/** Which request is which call, on both surfaces. */
import { createHash } from 'node:crypto';
import type { Ledger } from '../paid-provider/ledger.ts';
import { type Asked, jsonReply, Refusal, type Reply } from '../paid-provider/reply.ts';
import type { ClipShelf } from '../paid-provider/wares.ts';
import { chargeOfPicture, chargeOfStoryboard } from './charges.ts';
import { ClipCounter } from './clips.ts';
import { blockedReply, filtered, pictureReply, storyboardReply, wantsPicture, wordsOf } from './content.ts';
import { API_KEY, type RecordedRequest } from './start.ts';
import { subjectOf } from './subject.ts';
import { type ContentRequest, contentRequest, omniRequest, veoPoll, veoRequest } from './wire.ts';

/** What the token endpoint gives, and Vertex takes. */
const TOKEN = 'ya29.test-token';

/** Models that answer on each surface (GOOGLE.md, 2026-10): Veo is gone from the Gemini API. */
const GEMINI_MODELS = /^(gemini-3|gemini-omni-)/;
const VERTEX_MODELS = /^(gemini-3|gemini-omni-|veo-3\.1-)/;
const VEO_LOCATION = 'us-central1';

const VERTEX = /^\/v1beta1\/projects\/[^/]+\/locations\/([^/]+)\/publishers\/google\/models\/([^/:]+):(\w+)$/;
const GEMINI = /^\/v1\/models\/([^/:]+):(\w+)$/;
const INTERACTION =
  /^\/(?:v1|v1beta1\/projects\/[^/]+\/locations\/global)\/interactions(?:\/([^/]+))?(\/cancel)?$/;
const MODEL = /^\/(?:v1\/models|v1beta1\/publishers\/google\/models)\/([^/:]+)$/;

/** Understands requests; answers at once what cannot go wrong by script. */
export class Routes {
  readonly #ledger: Ledger;
  readonly #clips: ClipCounter;

  constructor(ledger: Ledger, shelf: ClipShelf) {
    this.#ledger = ledger;
    this.#clips = new ClipCounter(ledger, shelf);
  }

  understand(request: RecordedRequest): Asked | Reply {
    const { method, path, body } = request;
    if (path === '/token') return token(body);
    requireCredentials(request);
    const [, location = '', vertexModel, vertexVerb] = VERTEX.exec(path) ?? [];
    if (vertexModel && vertexVerb) return this.#model(request, vertexModel, vertexVerb, location);
    const [, model, verb] = GEMINI.exec(path) ?? [];
    if (model && verb) return this.#model(request, model, verb, null);
    const [interaction, id, cancel] = INTERACTION.exec(path) ?? [];
    if (interaction) return this.#interaction(method, id, cancel, body);
    const [, file] = /^\/v1\/(files\/[^/:]+):download$/.exec(path) ?? [];
    if (file) return this.#clips.download(file);
    const [, bucket, object] = /^\/storage\/v1\/b\/([^/]+)\/o\/([^/]+)$/.exec(path) ?? [];
    if (bucket && object) return this.#clips.download(`gs://${bucket}/${decodeURIComponent(object)}`);
    const [, known] = MODEL.exec(path) ?? [];
    if (known) return describeModel(known, path.startsWith('/v1beta1'));
    throw new Refusal(404, `${method} ${path} was not found.`);
  }

  #model({ path, body }: RecordedRequest, model: string, verb: string, location: string | null): Asked {
    const models = location === null ? GEMINI_MODELS : VERTEX_MODELS;
    const isVeo = model.startsWith('veo-');
    const isHere = models.test(model) && (!isVeo || location === VEO_LOCATION);
    if (!isHere || isVeo !== (verb !== 'generateContent'))
      throw new Refusal(404, `models/${model} is not found, or is not supported for ${verb}.`);
    if (verb === 'generateContent') return this.#content(model, contentRequest.parse(body));
    if (verb === 'fetchPredictOperation') return this.#clips.poll(veoPoll.parse(body).operationName);
    if (verb !== 'predictLongRunning') throw new Refusal(404, `There is no ${verb}.`);
    return this.#clips.veo(path.slice('/v1beta1/'.length, path.lastIndexOf(':')), veoRequest.parse(body));
  }

  #content(model: string, request: ContentRequest): Asked {
    const prompt = wordsOf(request).at(-1) ?? '';
    const kind = wantsPicture(request) ? ('KEYFRAME' as const) : ('STORYBOARD' as const);
    const pictures = request.contents.flatMap(({ parts }) =>
      parts.flatMap((part) =>
        'inlineData' in part ? [digest(Buffer.from(part.inlineData.data, 'base64'))] : [],
      ),
    );
    const subject = kind === 'KEYFRAME' ? subjectOf(prompt) : prompt;
    const accept = () => {
      const refused = filtered(request);
      if (refused) return refused;
      this.#ledger.buy({
        kind,
        subject,
        promptHash: digest(prompt),
        pictures,
        microUsd:
          kind === 'KEYFRAME'
            ? chargeOfPicture(model, request.generationConfig.imageConfig?.imageSize ?? '1K')
            : chargeOfStoryboard(),
        boughtAt: Date.now(),
        operation: null,
      });
      return kind === 'KEYFRAME' ? pictureReply(request) : storyboardReply(request);
    };
    return { call: kind, subject, accept, blocked: blockedReply() };
  }

  #interaction(method: string, id: string | undefined, cancel: string | undefined, body: unknown): Asked {
    if (method === 'POST' && id === undefined) {
      const order = omniRequest.parse(body);
      if (!order.model.startsWith('gemini-omni-')) throw new Refusal(404, `${order.model} is not found.`);
      return this.#clips.omni(order);
    }
    const name = `interactions/${id}`;
    return cancel === undefined ? this.#clips.poll(name) : this.#clips.cancel(name);
  }
}

function requireCredentials({ path, headers }: RecordedRequest): void {
  const isVertex = path.startsWith('/v1beta1/') || path.startsWith('/storage/');
  const isKnown = isVertex
    ? headers['authorization'] === `Bearer ${TOKEN}`
    : headers['x-goog-api-key'] === API_KEY;
  if (!isKnown)
    throw new Refusal(isVertex ? 401 : 400, isVertex ? 'No valid credentials.' : 'API key not valid.');
}

function token(body: unknown): Reply {
  const subject = new URLSearchParams(String(body)).get('subject_token');
  if (subject !== 'subject-token') return jsonReply({ error: 'invalid_grant' }, 400);
  return jsonReply({
    access_token: TOKEN,
    issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    token_type: 'Bearer',
    expires_in: 3_600,
  });
}

function describeModel(name: string, isVertex: boolean): Reply {
  if (!(isVertex ? VERTEX_MODELS : GEMINI_MODELS).test(name))
    throw new Refusal(404, `models/${name} is not found.`);
  return jsonReply({ name: isVertex ? `publishers/google/models/${name}` : `models/${name}` });
}

const digest = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
