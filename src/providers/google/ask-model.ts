/** Asks Google whether a model is there for us, by calls that cost nothing. */
import type { CallOptions } from '../capabilities/capability.ts';
import { holdsForAll, ProviderError } from '../provider-error.ts';
import type { ModelStanding } from '../model-standing.ts';
import { type CallPlan, guardedFetch, makeCall } from './call.ts';
import { type GoogleClient, planOf } from './client.ts';
import { type GoogleModel, MODELS } from './models.ts';

/** Longest that one model may take to be described, in seconds. */
const LIMIT_SECONDS = 20;

/** Asks for one model: free, and never throws. What no answer tells is NOT_KNOWN. */
export async function askForModel(
  client: GoogleClient,
  model: GoogleModel,
  { signal }: CallOptions,
): Promise<ModelStanding> {
  const of = { model: model.name };
  const plan = { ...planOf(client, model.name), namesModel: true, limitSeconds: LIMIT_SECONDS };
  try {
    if (client.settings.surface === 'GEMINI') await describe(client, model, plan, signal);
    else await probe(client, model, plan, signal);
    return { ...of, standing: 'LIVE', code: 'PROVIDER_UNAVAILABLE', words: '' };
  } catch (error) {
    const { code, message } =
      error instanceof ProviderError ? error : new ProviderError('NOT_ACCEPTED', String(error));
    // The probe is made to be refused as a request, by a model that is there.
    if (code === 'REQUEST_REJECTED' && client.settings.surface === 'VERTEX')
      return { ...of, standing: 'LIVE', code: 'PROVIDER_UNAVAILABLE', words: '' };
    if (!holdsForAll(code))
      return { ...of, standing: 'NOT_KNOWN', code: 'PROVIDER_UNAVAILABLE', words: message };
    const way = code === 'MODEL_NOT_FOUND' ? ` ${wayOut(client, model)}` : '';
    return { ...of, standing: 'REFUSED', code: code as ModelStanding['code'], words: `${message}${way}` };
  }
}

const describe = (client: GoogleClient, model: GoogleModel, plan: CallPlan, signal: AbortSignal) =>
  makeCall(plan, signal, async () => (await client.sdk(model)).models.get({ model: model.name }));

/**
 * A purchase without anything in it. Vertex describes models whoever asks and wherever they are, so the very method that
 * would buy is called, with a body that none can be made of: 400 by a model that is there, 404 or 403 else. Nothing that
 * ends in 4xx is charged (cloud.google.com/vertex-ai/generative-ai/pricing, 2026-09).
 */
const probe = (client: GoogleClient, model: GoogleModel, plan: CallPlan, signal: AbortSignal) =>
  makeCall(plan, signal, async () => {
    const headers = await client.credentials();
    headers.set('content-type', 'application/json');
    const { path, body } = PROBES[model.protocol](model.name);
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    return guardedFetch(`${rootOf(client, model)}/${path}`, init);
  });

/** No prompt, no picture, and for Omni a length that it refuses besides. */
const PROBES: Readonly<Record<GoogleModel['protocol'], (name: string) => { path: string; body: object }>> = {
  CONTENT: (name) => ({ path: `publishers/google/models/${name}:generateContent`, body: { contents: [] } }),
  VEO: (name) => ({ path: `publishers/google/models/${name}:predictLongRunning`, body: { instances: [] } }),
  OMNI: (name) => ({
    path: 'interactions',
    body: { model: name, input: [], response_format: [{ type: 'video', duration: '0s' }] },
  }),
};

/** Where the SDK would send it (@google/genai 3.1.0). */
function rootOf({ settings }: GoogleClient, model: GoogleModel): string {
  if (settings.surface !== 'VERTEX') throw new Error('Only Vertex AI is probed.');
  const location = model.location ?? settings.location;
  const host = settings.baseUrl?.replace(/\/+$/, '') ?? `https://${hostOf(location)}`;
  return `${host}/${settings.apiVersion ?? 'v1beta1'}/projects/${settings.project}/locations/${location}`;
}

function hostOf(location: string): string {
  if (location === 'global') return 'aiplatform.googleapis.com';
  if (location === 'us' || location === 'eu') return `aiplatform.${location}.rep.googleapis.com`;
  return `${location}-aiplatform.googleapis.com`;
}

const SETTINGS = {
  STORYBOARD: 'VIDPIPE_GOOGLE_TEXT_MODEL',
  KEYFRAME: 'VIDPIPE_GOOGLE_IMAGE_MODEL',
  CLIP: 'VIDPIPE_GOOGLE_VIDEO_MODEL',
  TRANSCRIPT: 'VIDPIPE_GOOGLE_TRANSCRIPT_MODEL',
} as const;

/** What to use in place of a model that is gone. */
export function wayOut(
  { settings: { surface } }: GoogleClient,
  { name, call, replacement }: GoogleModel,
): string {
  const setting = SETTINGS[call];
  if (replacement !== null) return `Its replacement is ${replacement}: set ${setting} to that.`;
  const others = MODELS.filter((other) => other.call === call && other.surfaces.includes(surface))
    .map((other) => other.name)
    .filter((other) => other !== name);
  return others.length === 0
    ? `A later release of vidpipe may know another one.`
    : `Set ${setting} to another one: ${others.join(', ')}.`;
}
