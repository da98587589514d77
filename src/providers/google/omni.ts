/** Clips by Omni: interactions in the background, polled by id, on either surface. */
import type { ClipVerdict } from '../clip-verdict.ts';
import type { CallOptions, ClipOrder, ClipResult } from '../provider.ts';
import type { Receipt } from '../price.ts';
import { ProviderError } from '../provider-error.ts';
import { hearAnswer, type HttpAnswer, makeCall } from './call.ts';
import { type GoogleClient, planOf, purchaseOf } from './client.ts';
import { clipPrompt, sourceOf } from './clip-prompt.ts';
import { secondsOf } from './clip-seconds.ts';
import { downloadFile, downloadObject } from './download.ts';
import { keepFilmOf } from './film-file.ts';
import { encodePicture } from './input-picture.ts';
import { bodyOf, readAnswer } from './read-answer.ts';
import { filmOfOmni, readOmni } from './read-omni.ts';

/** The SDK would send again up to five times, and each sending is bought. */
const ONCE = { maxRetries: 0 };

const PREFIX = 'interactions/';
/** Where Omni runs on Vertex, also for interactions whose model we do not know. */
const LOCATION = { location: 'global' };

/** What it calls its pictures, and which of them is which frame (read in public code, 2026-11). */
const callPicture = (number: number) => `@Image${number}`;
const FRAMES = `[# Sources <FIRST_FRAME>${callPicture(1)} <LAST_FRAME>${callPicture(2)}]`;

/** Whether a name is one of its interactions. */
export const isInteraction = (name: string): boolean => name.startsWith(PREFIX);

/** Buys a clip between two frames, or one with what reference images show. */
export async function submitOmni(
  client: GoogleClient,
  order: ClipOrder,
  { signal }: CallOptions,
): Promise<{ operationName: string } & Pick<Receipt, 'requestId'>> {
  const { models, resolution, surface } = client.settings;
  const { CLIP: model } = models;
  const { aspectRatio, seed } = order.scene;
  const request = {
    model: model.name,
    ...(await inputOf(order)),
    response_format: {
      type: 'video' as const,
      aspect_ratio: aspectRatio,
      duration: `${secondsOf(client, order)}s`,
      resolution,
      // Vertex would need a bucket for it.
      delivery: surface === 'GEMINI' ? ('uri' as const) : ('inline' as const),
    },
    generation_config: {
      video_config: { task: TASKS[sourceOf(order)] },
      ...(seed != null && { seed }),
    },
    background: true,
  };
  const { answer, requestId } = await makeCall(purchaseOf(client, model.name), signal, async () =>
    (await client.sdk(model)).interactions.create(request, ONCE),
  );
  if (answer.id) return { operationName: `${PREFIX}${answer.id}`, requestId };
  throw new ProviderError('UNKNOWN', `Google ${model.name}: the answer names no interaction.`);
}

/** Asks where an interaction stands. */
export async function pollOmni(
  client: GoogleClient,
  operationName: string,
  options: CallOptions,
): Promise<ClipVerdict> {
  const answer = await hearInteraction(client, operationName, options);
  return readAnswer(answer, (interaction) => readOmni(interaction, operationName));
}

/** Fetches a clip from where it was put, or out of the finished interaction. */
export async function downloadOmni(
  client: GoogleClient,
  uri: string,
  toFile: string,
  options: CallOptions,
): Promise<ClipResult> {
  if (uri.startsWith('gs://')) return downloadObject(client, uri, toFile, options);
  // By its id alone: the address is Google's, whatever stands in its place here.
  const [file] = /files\/[^/:?]+/.exec(uri) ?? [];
  if (file) return downloadFile(client, file, toFile, options);
  const film = filmOfOmni(bodyOf(await hearInteraction(client, uri, options)));
  return keepFilmOf(`Google ${uri}`, film, toFile, options);
}

/** Asks to stop one; false if it had ended before. */
export async function cancelOmni(
  client: GoogleClient,
  operationName: string,
  { signal }: CallOptions,
): Promise<boolean> {
  const { answer } = await makeCall(planOf(client, operationName), signal, async () =>
    (await client.sdk(LOCATION)).interactions.cancel(idOf(operationName), {}, ONCE),
  );
  return answer.status === 'cancelled';
}

const hearInteraction = (
  client: GoogleClient,
  operationName: string,
  { signal }: CallOptions,
): Promise<HttpAnswer> =>
  hearAnswer(planOf(client, operationName), signal, async () =>
    (await client.sdk(LOCATION)).interactions.get(idOf(operationName), { stream: false }, ONCE),
  );

const idOf = (operationName: string): string => operationName.slice(PREFIX.length);

const TASKS = { KEYFRAMES: 'image_to_video', REFERENCE_IMAGES: 'reference_to_video' } as const;

/** The pictures, and the words that say which is which. */
async function inputOf(order: ClipOrder) {
  const isFromReferences = 'references' in order;
  const files = isFromReferences
    ? order.references.map(({ file }) => file)
    : [order.startFrameFile, order.endFrameFile];
  const prompt = clipPrompt(order, callPicture);
  const text = isFromReferences ? prompt : `${FRAMES}\n${prompt}`;
  return { input: [...(await Promise.all(files.map(imageOf))), { type: 'text' as const, text }] };
}

async function imageOf(file: string) {
  const { data, mimeType } = await encodePicture(file);
  return { type: 'image' as const, data, mime_type: mimeType };
}
