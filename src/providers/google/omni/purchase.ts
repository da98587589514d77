/** Buying a clip of Omni by one of its transports: the name is kept from whatever comes first. */
import type { ClipVerdict } from '../../clip-verdict.ts';
import type { BoughtClip, SubmitOptions } from '../../capabilities/clip.ts';
import { ProviderError } from '../../provider-error.ts';
import { versionForSdk } from '../addresses.ts';
import { hearAnswer, type HeardAnswer, type HttpAnswer } from '../call.ts';
import { type GoogleClient, planOf, purchaseOf } from '../client.ts';
import { field, parseJson, textOf } from '../json-walk.ts';
import { readAnswer } from '../read-answer.ts';
import { filmOfOmni, readOmni } from '../read-omni.ts';
import { Answering } from './answering.ts';
import { hearStory, nameOf, nameOfUnnamed } from './hear-interaction.ts';
import type { OmniRequest } from './request.ts';
import { LIMIT_SECONDS, type Transport } from './transports.ts';
import { LOCATION, ONCE, STREAM } from './ways.ts';

/** A clip that was bought, and its film where that came within the answer, in base64. */
export type Purchase = { bought: BoughtClip; film: string | null };

type PurchaseOptions = Pick<SubmitOptions, 'signal' | 'onNamed'>;

/** What is sent besides, so that it is answered this way. */
const ASKED_FOR: Readonly<Record<Transport, object>> = {
  background: { background: true },
  hold: {},
  stream: { stream: true },
};

/**
 * Sends an order once. As soon as its name is known it is bought under that name, whatever comes after.
 *
 * @throws {ProviderError} UNKNOWN where the answer broke off before.
 */
export async function buyBy(
  client: GoogleClient,
  transport: Transport,
  request: OmniRequest,
  { signal, onNamed }: PurchaseOptions,
): Promise<Purchase> {
  // In the background it is answered at once: the name is with the answer.
  const answering = new Answering(transport === 'background' ? undefined : onNamed);
  const plan = purchaseOf(client, request.model, limitOf(client, transport));
  const order = { ...request, ...ASKED_FOR[transport], ...versionForSdk(client) };
  const ask = async () => (await client.sdk(LOCATION)).interactions.create(order, ONCE);
  let heard: HeardAnswer;
  try {
    heard = await hearAnswer(plan, signal, ask, answering);
  } catch (error) {
    if (answering.name === null) throw error;
    return goOn(client, answering.name, answering, signal);
  }
  const { story, name } = answering;
  // Without a name it cannot be gone on with, but all of it may be there.
  if (story.isOver)
    return readPurchase(request.model, { ...heard, text: JSON.stringify(story.tell()) }, name);
  if (story.id === null) return readPurchase(request.model, heard, name);
  return goOn(client, nameOf(story.id), answering, signal);
}

const limitOf = ({ settings }: GoogleClient, transport: Transport): number =>
  transport === 'background'
    ? Math.min(settings.timeoutSeconds, LIMIT_SECONDS.background)
    : LIMIT_SECONDS[transport];

function readPurchase(model: string, answer: HeardAnswer, named: string | null): Purchase {
  const interaction = parseJson(answer.text);
  const id = textOf(field(interaction, 'id'));
  const known = named ?? (id === null ? null : nameOf(id));
  // What was taken is taken, also without a name.
  const name = known ?? nameOfUnnamed();
  const told = readAnswer(answer, () => readOmni(interaction, name));
  if (known === null && !wasTaken(told, answer)) throw answer.refusal ?? refusalOf(model, told);
  const { requestId } = answer;
  const verdict = told.verdict === 'STILL_WORKING' ? {} : { verdict: told };
  const film = told.verdict === 'FILM' ? filmOfOmni(interaction) : null;
  return {
    bought: { operationName: name, requestId, ...verdict },
    film: film && 'data' in film ? film.data : null,
  };
}

/** Google's words for a film that it made and does not show (public reports, 2026-08): it may be charged. */
const NOT_SHOWN = /unable to show|filtered out/i;

/** What an answer of success refuses was taken, and may be charged; one of failure only refuses. */
function wasTaken(told: ClipVerdict, { refusal }: HeardAnswer): boolean {
  if (told.verdict === 'FILM') return true;
  if (refusal === null) return told.verdict === 'REFUSED_BY_SAFETY' || told.verdict === 'REFUSED_BY_QUOTA';
  return told.verdict === 'REFUSED_BY_SAFETY' && NOT_SHOWN.test(told.words);
}

/** For an answer of success that names no interaction. */
const refusalOf = (model: string, told: ClipVerdict): ProviderError =>
  new ProviderError(
    'UNKNOWN',
    `Google ${model}: the answer names no interaction. ${'words' in told ? told.words : ''}`.trim(),
  );

/** Tries at a stream that broke off; whoever polls goes on after that. Ours. */
const MOST_TRIES = 3;

/** Goes on with a stream that broke off, from its last event; any other order is only asked about from now on. */
async function goOn(
  client: GoogleClient,
  name: string,
  { story }: Answering,
  signal: AbortSignal,
): Promise<Purchase> {
  const plan = planOf(client, name);
  let answer: HttpAnswer | null = null;
  for (let tries = 0; tries < MOST_TRIES && story.lastEventId !== null && !story.isOver; tries += 1) {
    answer = await hearStory(client, STREAM, name, story, {
      plan,
      signal,
      seconds: LIMIT_SECONDS.stream,
    }).catch(() => null);
    if (answer !== null && answer.status >= 400) break;
  }
  if (answer === null || !story.isOver)
    return { bought: { operationName: name, requestId: null }, film: null };
  return readPurchase(name, { ...answer, refusal: null, requestId: null }, name);
}
