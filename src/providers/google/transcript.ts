import { readFile, stat } from 'node:fs/promises';
import { messageOf } from '../../core/outside-text.ts';
import { secondsText } from '../../core/seconds-text.ts';
import type { CallOptions } from '../capabilities/capability.ts';
import type {
  HeardTranscript,
  TranscriptQuoteRequest,
  TranscriptRequest,
} from '../capabilities/transcript.ts';
import { type Quote, type Receipt, receiptOf } from '../price.ts';
import { ProviderError } from '../provider-error.ts';
import type { GoogleClient } from './client.ts';
import { type GoogleModel, modelsFor } from './models.ts';
import { askSound, listenTo } from './sound.ts';

/** With times of words; an hour without (ai.google.dev/gemini-api/docs/models/gemini-3.5-transcribe, 2026-08). */
export const MOST_SECONDS = 1_800;
/**
 * Of a file that is sent in the request itself: in base64 it is a third longer, and a request may have 20 MB (older pages, and
 * most that call it; 100 MB by those of 2026). Half an hour of what we send has 11 MB.
 */
export const MOST_BYTES = 14_000_000;

/** Buys what is said in a sound, of the model that was chosen, or where that is not known of the next that only hears. */
export async function hearSound(
  client: GoogleClient,
  request: TranscriptRequest,
  options: CallOptions,
): Promise<HeardTranscript & Receipt> {
  const data = await soundOf(request);
  const [chosen, ...others] = earsOf(client);
  try {
    return await ask(client, chosen, data, request, options);
  } catch (error) {
    // Nothing was charged: on Vertex one name may be unknown while another works.
    const [next] = others;
    if (!next || !isUnknownModel(error)) throw error;
    return ask(client, next, data, request, options);
  }
}

/** The chosen model, and the others that hear on the same surface. General models chat about what they hear: they are none. */
export function earsOf({ settings }: GoogleClient): [GoogleModel, ...GoogleModel[]] {
  const chosen = settings.models.TRANSCRIPT;
  const all = modelsFor('TRANSCRIPT', settings.surface, new Date());
  return [chosen, ...all.filter(({ name }) => name !== chosen.name)];
}

const isUnknownModel = (error: unknown): boolean =>
  error instanceof ProviderError && error.outcome === 'REFUSED' && error.code === 'MODEL_NOT_FOUND';

/** Base64. */
async function soundOf({ soundFile, durationSeconds }: TranscriptRequest): Promise<string> {
  if (durationSeconds > MOST_SECONDS)
    throw new ProviderError(
      'REFUSED',
      `A sound may have ${secondsText(MOST_SECONDS)}, and has ${secondsText(durationSeconds)}.`,
    );
  try {
    const { size } = await stat(soundFile);
    if (size <= MOST_BYTES) return await readFile(soundFile, 'base64');
    throw new ProviderError('REFUSED', `A sound may have ${MOST_BYTES} bytes, and has ${size}.`);
  } catch (cause) {
    if (cause instanceof ProviderError) throw cause;
    throw new ProviderError('NOT_ACCEPTED', `A sound cannot be read: ${messageOf(cause)}`, { cause });
  }
}

async function ask(
  client: GoogleClient,
  model: GoogleModel,
  data: string,
  { languages = [], speakers = false, takesSilence = false }: TranscriptRequest,
  { signal }: CallOptions,
): Promise<HeardTranscript & Receipt> {
  const order = { model, data, languages, speakers };
  // Of an interaction nothing is an answer, too; on Vertex nobody was seen to hear by one.
  const isAgain = takesSilence && client.settings.surface === 'GEMINI';
  const told = isAgain ? await listenTo(client, order, signal) : await askSound(client, order, signal);
  if (told.text === '' && !takesSilence && told.cut === null) throw nothingHeard(model, receiptOf(told));
  const { words, text, language, cut } = told;
  return { words, text, language, heardBy: model.name, cut, ...receiptOf(told) };
}

/** It came so for sound with speech in it, and the same request passed later (public reports, 2026-07 and 2026-08). */
const nothingHeard = ({ name }: GoogleModel, receipt: Receipt): ProviderError =>
  new ProviderError('IN_VAIN', `Google ${name}: nothing was heard.`, {
    code: 'PROVIDER_UNAVAILABLE',
    receipt,
  });

/** Tokens of a second of sound: measured twice, and as the audio guide has it (until 2026-10). */
const SOUND_TOKENS = { likely: 25, most: 32 };
/** Tokens of what is said in a second: about 170 a minute; times may add to them on Vertex, nobody says how many. */
const SAID_TOKENS = { likely: 3, most: 16 };
/** Of a sound that is short. */
const LEAST_SAID_TOKENS = 500;

/** What hearing a sound uses. */
export function quoteTranscript({ durationSeconds }: TranscriptQuoteRequest): Quote {
  const usage = (of: 'likely' | 'most') => ({
    MILLION_INPUT_TOKENS: (durationSeconds * SOUND_TOKENS[of]) / 1_000_000,
    MILLION_OUTPUT_TOKENS:
      (durationSeconds * SAID_TOKENS[of] + (of === 'most' ? LEAST_SAID_TOKENS : 0)) / 1_000_000,
  });
  // 29.8 min in 69 s (measured 2026-09-06).
  return {
    resolution: null,
    likely: usage('likely'),
    most: usage('most'),
    seconds: 5 + durationSeconds / 25,
  };
}
