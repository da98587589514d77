/** Clips by Veo on Vertex AI: operations that are polled by name, from any process. */
import type { GenerateVideosConfig, GenerateVideosOperation, Image } from '@google/genai';
import type { CallOptions, ClipOperation, ClipOrder, ClipResult, ReferencePicture } from '../provider.ts';
import type { Receipt } from '../price.ts';
import { ProviderError } from '../provider-error.ts';
import { makeCall } from './call.ts';
import { type GoogleClient, planOf, purchaseOf } from './client.ts';
import { clipPrompt, sourceOf } from './clip-prompt.ts';
import { downloadObject } from './download.ts';
import { filmInBase64, keepFilm } from './film-file.ts';
import { encodePicture } from './keyframe.ts';
import { type GoogleModel, MODELS, snapSeconds } from './models.ts';
import { tellsOfSafety } from './refusal.ts';

/** Whether a name is one of its operations. */
export const isVeoOperation = (name: string): boolean => name.startsWith('projects/');

/** Buys a clip between two frames, or one with what reference images show. */
export async function submitVeo(
  client: GoogleClient,
  order: ClipOrder,
  { signal }: CallOptions,
): Promise<{ operationName: string } & Pick<Receipt, 'requestId'>> {
  const model = client.settings.models.CLIP;
  const { image, ...pictures } = await picturesOf(order);
  const { resolution, outputUri } = client.settings;
  const { aspectRatio, seed, negativePrompt, sound = true } = order.scene;
  const config: GenerateVideosConfig = {
    numberOfVideos: 1,
    ...pictures,
    durationSeconds: snapSeconds(model, sourceOf(order), order.durationSeconds),
    aspectRatio,
    resolution,
    generateAudio: sound,
    ...(seed != null && { seed }),
    ...(negativePrompt != null && { negativePrompt }),
    ...(outputUri !== null && { outputGcsUri: outputUri }),
  };
  const { answer, requestId } = await makeCall(purchaseOf(client, model.name), signal, async () => {
    const sdk = await client.sdk(model);
    const source = { prompt: clipPrompt(order), ...(image && { image }) };
    return sdk.models.generateVideos({ model: model.name, source, config });
  });
  if (answer.name) return { operationName: answer.name, requestId };
  throw new ProviderError('UNKNOWN', `Google ${model.name}: the answer names no operation.`);
}

/** Asks where an operation stands. A clip that was not put into a bucket is fetched by the operation's own name. */
export async function pollVeo(
  client: GoogleClient,
  operationName: string,
  options: CallOptions,
): Promise<ClipOperation> {
  const operation = await readOperation(client, operationName, options);
  if (operation.done !== true) return { state: 'RUNNING' };
  if (operation.error) return failureOf(operation.error);
  const {
    generatedVideos = [],
    raiMediaFilteredCount = 0,
    raiMediaFilteredReasons = [],
  } = operation.response ?? {};
  const video = generatedVideos[0]?.video;
  if (video?.uri) return { state: 'DONE', uri: video.uri };
  if (video?.videoBytes) return { state: 'DONE', uri: operationName };
  if (raiMediaFilteredCount > 0)
    return { state: 'FILTERED', reason: raiMediaFilteredReasons.join(' ') || 'Veo gave no reason.' };
  return { state: 'FAILED', reason: 'The operation is done and has no clip.' };
}

/** Fetches a clip from its bucket, or out of the finished operation. */
export async function downloadVeo(
  client: GoogleClient,
  uri: string,
  toFile: string,
  options: CallOptions,
): Promise<ClipResult> {
  if (uri.startsWith('gs://')) return downloadObject(client, uri, toFile, options);
  const { response } = await readOperation(client, uri, options);
  const bytes = response?.generatedVideos?.[0]?.video?.videoBytes;
  if (!bytes) throw new ProviderError('REFUSED', `Google ${uri}: the operation has no clip any more.`);
  return keepFilm(toFile, filmInBase64(`Google ${uri}`, bytes), options);
}

async function readOperation(
  client: GoogleClient,
  operationName: string,
  { signal }: CallOptions,
): Promise<GenerateVideosOperation> {
  const model = modelOf(client, operationName);
  const { answer } = await makeCall(planOf(client, model.name), signal, async () => {
    const { GenerateVideosOperation: Operation } = await import('@google/genai');
    const sdk = await client.sdk(model);
    // Its constructor takes nothing, and a plain object fails after the request went out.
    const operation = new Operation();
    operation.name = operationName;
    return sdk.operations.getVideosOperation({ operation });
  });
  return answer;
}

/** The model an operation belongs to, by its name: settings may have changed since. */
function modelOf({ settings }: GoogleClient, operationName: string): GoogleModel {
  const [, name] = /\/models\/([^/]+)\//.exec(operationName) ?? [];
  return MODELS.find((model) => model.name === name) ?? settings.models.CLIP;
}

type Pictures = Pick<GenerateVideosConfig, 'lastFrame' | 'referenceImages'> & { image?: Image };

/** A first and a last frame, or reference images: Veo refuses a request with both. */
async function picturesOf(order: ClipOrder): Promise<Pictures> {
  if ('references' in order) return { referenceImages: await Promise.all(order.references.map(assetOf)) };
  const [image, lastFrame] = await Promise.all([imageOf(order.startFrameFile), imageOf(order.endFrameFile)]);
  return { image, lastFrame };
}

async function assetOf({ file }: ReferencePicture) {
  const { VideoGenerationReferenceType: Type } = await import('@google/genai');
  return { image: await imageOf(file), referenceType: Type.ASSET };
}

async function imageOf(file: string): Promise<Image> {
  const { data, mimeType } = await encodePicture(file);
  return { imageBytes: data, mimeType };
}

/** Codes of google.rpc.Code after which the same clip may well succeed. */
const PASSING = new Set([4, 8, 13, 14]);

/** Google puts words that it refuses among the operation's errors too (code 3, INVALID_ARGUMENT). */
function failureOf({ code, message }: Record<string, unknown>): ClipOperation {
  const words = typeof message === 'string' ? message : 'Veo gave no reason.';
  if (tellsOfSafety(words)) return { state: 'FILTERED', reason: words };
  const advice = PASSING.has(Number(code)) ? ' It may well succeed when it is made anew (retryScene).' : '';
  return { state: 'FAILED', reason: `${words} (code ${String(code)})${advice}` };
}
