/** Clips by Omni: interactions, asked for in the way that is known to work, and read by id from any process. */
import { snapSeconds } from '../clip-length.ts';
import type { ClipBill, ClipVerdict } from '../clip-verdict.ts';
import type { CallOptions } from '../capabilities/capability.ts';
import type { BoughtClip, ClipOrder, ClipResult, SubmitOptions } from '../capabilities/clip.ts';
import { ProviderError } from '../provider-error.ts';
import { makeCall } from './call.ts';
import { lengthsLeft } from './clip-lengths.ts';
import { sourceOf } from './clip-prompt.ts';
import { secondsOf } from './clip-seconds.ts';
import { type GoogleClient, planOf } from './client.ts';
import { downloadFile, downloadObject } from './download.ts';
import { keepFilmOf } from './film-file.ts';
import { bodyOf, readAnswer } from './read-answer.ts';
import { filmOfOmni, readOmni } from './read-omni.ts';
import { versionForSdk } from './addresses.ts';
import { candidates, MOST_LOST, restedAt } from './omni/experience.ts';
import { hearInteraction, idOf } from './omni/hear-interaction.ts';
import { buyBy, type Purchase } from './omni/purchase.ts';
import { omniRequest, type OmniRequest } from './omni/request.ts';
import { KNOWN, type Transport } from './omni/transports.ts';
import { LOCATION, ONCE } from './omni/ways.ts';
import { clipBill } from './read-bill.ts';

export { isInteraction } from './omni/hear-interaction.ts';

/** Buys a clip between two frames, or one with what reference images show. */
export async function submitOmni(
  client: GoogleClient,
  order: ClipOrder,
  options: SubmitOptions,
): Promise<BoughtClip> {
  const seconds = secondsOf(client, order);
  const request = await omniRequest(client, order, seconds);
  const { bought, film } = await buy(client, request, options).catch((error: unknown) => {
    throw learnLengths(client, order, seconds, error);
  });
  if (film === null || !options.toFile) return bought;
  const kept = await keepFilmOf(
    `Google ${bought.operationName}`,
    { data: film },
    options.toFile,
    options,
  ).catch(
    // It is fetched by its name then.
    () => null,
  );
  return kept === null ? bought : { ...bought, film: kept };
}

/** A length that Omni does not make after all is refused at the order, at no cost: it is ordered anew in one that it makes. */
function learnLengths(
  { settings, lengths }: GoogleClient,
  order: ClipOrder,
  orderedSeconds: number,
  error: unknown,
): unknown {
  if (!(error instanceof ProviderError) || error.code !== 'REQUEST_REJECTED') return error;
  const { resolution, models } = settings;
  const asked = { model: models.CLIP, resolution, clipsFrom: sourceOf(order) };
  const left = lengthsLeft(error.message, lengths.of(asked));
  if (left === null) return error;
  lengths.learn(asked, left);
  if (snapSeconds(left, order.durationSeconds) === orderedSeconds) return error;
  return new ProviderError('NOT_ACCEPTED', error.message, { code: error.code, cause: error });
}

/** By the first transport that is taken: one that Google does not take, it does not charge. */
async function buy(client: GoogleClient, request: OmniRequest, options: SubmitOptions): Promise<Purchase> {
  const { omni, settings } = client;
  const learnt = await omni.recall(options.notes);
  const of = [settings.omniTransport, KNOWN[settings.surface].order, learnt, new Date()] as const;
  const [first, ...others] = candidates(...of);
  if (!first) throw resting(request.model, restedAt(...of));
  for (const transport of [first, ...others]) {
    try {
      return await buyLearning(client, transport, request, options);
    } catch (error) {
      if (!isNotTaken(error) || transport === others.at(-1) || others.length === 0) throw error;
      await omni.learn({ saw: 'REFUSED', of: transport }, options.notes);
    }
  }
  throw resting(request.model, null);
}

async function buyLearning(
  client: GoogleClient,
  transport: Transport,
  request: OmniRequest,
  options: SubmitOptions,
): Promise<Purchase> {
  const { omni } = client;
  const { notes } = options;
  try {
    const purchase = await buyBy(client, transport, request, options);
    const { operationName, verdict } = purchase.bought;
    omni.note(operationName, transport);
    if (verdict && verdict.verdict !== 'NOT_KNOWN' && verdict.verdict !== 'TRY_AGAIN_LATER')
      await omni.learn({ saw: 'WORKS', of: transport }, notes);
    return purchase;
  } catch (error) {
    const isLost = error instanceof ProviderError && error.outcome === 'UNKNOWN';
    if (isLost) await omni.learn({ saw: 'LOST', of: transport }, notes);
    throw error;
  }
}

/** Google's words for a way of asking that it does not take; the film itself is not what it minds. */
const OF_THE_WAY = /\b(background|stream|streaming|synchronous(ly)?|long.running)\b/i;

const isNotTaken = (error: unknown): boolean =>
  error instanceof ProviderError && error.code === 'REQUEST_REJECTED' && OF_THE_WAY.test(error.message);

const resting = (model: string, until: Date | null): ProviderError =>
  new ProviderError(
    'REFUSED',
    `Google ${model}: up to ${MOST_LOST} clips in a row were ordered and nobody knows what became of them, so none is ordered${until ? ` before ${until.toISOString()}` : ''}. Look what was charged, then resume; VIDPIPE_GOOGLE_OMNI_TRANSPORT chooses another way to order.`,
    { code: 'PROVIDER_UNAVAILABLE' },
  );

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

/** Asks to stop one; null if it had ended before, or cannot be stopped. */
export async function cancelOmni(
  client: GoogleClient,
  operationName: string,
  { signal }: CallOptions,
): Promise<ClipBill | null> {
  try {
    const { answer } = await makeCall(planOf(client, operationName), signal, async () =>
      (await client.sdk(LOCATION)).interactions.cancel(idOf(operationName), versionForSdk(client), ONCE),
    );
    return answer.status === 'cancelled' ? clipBill(answer, null) : null;
  } catch (error) {
    if (error instanceof ProviderError && error.outcome === 'REFUSED') return null;
    throw error;
  }
}
