/** Clips by Veo on Vertex AI: operations that are polled by name, from any process. */
import type { GenerateVideosConfig, Image } from '@google/genai';
import type { ClipVerdict } from '../clip-verdict.ts';
import type { CallOptions } from '../capabilities/capability.ts';
import type { ClipOrder, ClipResult } from '../capabilities/clip.ts';
import type { ReferencePicture } from '../scene-brief.ts';
import type { Receipt } from '../price.ts';
import { ProviderError } from '../provider-error.ts';
import { hearAnswer, type HttpAnswer, makeCall } from './call.ts';
import { type GoogleClient, planOf, purchaseOf } from './client.ts';
import { lengthsNamed } from './clip-lengths.ts';
import { clipPrompt } from './clip-prompt.ts';
import { secondsOf } from './clip-seconds.ts';
import { downloadObject } from './download.ts';
import { keepFilmOf } from './film-file.ts';
import { encodePicture } from './input-picture.ts';
import { type GoogleModel, MODELS } from './models.ts';
import { bodyOf, readAnswer } from './read-answer.ts';
import { withVeosRules } from './read-bill.ts';
import { filmOfVeo, readVeo } from './read-veo.ts';

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
    durationSeconds: secondsOf(client, order),
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
): Promise<ClipVerdict> {
  const answer = await hearOperation(client, operationName, options);
  const told = readAnswer(answer, (operation) => readVeo(operation, operationName));
  learnLengths(client, operationName, told);
  return withVeosRules(told);
}

/** Of another length than Google makes, it says so only once the clip was ordered: the next one is ordered right. */
function learnLengths(client: GoogleClient, operationName: string, told: ClipVerdict): void {
  const named = told.verdict === 'FAILED_FOR_NOW' ? lengthsNamed(told.words) : null;
  if (!named) return;
  const { seconds, clipsFrom } = named;
  const { resolution } = client.settings;
  client.lengths.learn({ model: modelOf(client, operationName), resolution, clipsFrom }, seconds);
}

/** Fetches a clip from its bucket, or out of the finished operation. */
export async function downloadVeo(
  client: GoogleClient,
  uri: string,
  toFile: string,
  options: CallOptions,
): Promise<ClipResult> {
  if (uri.startsWith('gs://')) return downloadObject(client, uri, toFile, options);
  const film = filmOfVeo(bodyOf(await hearOperation(client, uri, options)));
  return keepFilmOf(`Google ${uri}`, film, toFile, options);
}

function hearOperation(
  client: GoogleClient,
  operationName: string,
  { signal }: CallOptions,
): Promise<HttpAnswer> {
  const model = modelOf(client, operationName);
  return hearAnswer(planOf(client, model.name), signal, async () => {
    const { GenerateVideosOperation: Operation } = await import('@google/genai');
    const sdk = await client.sdk(model);
    // Its constructor takes nothing, and a plain object fails after the request went out.
    const operation = new Operation();
    operation.name = operationName;
    return sdk.operations.getVideosOperation({ operation });
  });
}

/** The model an operation belongs to, by its name: settings may have changed since. */
export function modelOf({ settings }: GoogleClient, operationName: string): GoogleModel {
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
