/** The two ways in which a model of Google's is asked what is said in a sound. Nothing heard is no failure here: it may be silence. */
import type { TranscriptRequest } from '../capabilities/transcript.ts';
import { type Receipt, receiptOf } from '../price.ts';
import { ProviderError } from '../provider-error.ts';
import { GEMINI_VERSION, omniRoot } from './addresses.ts';
import { guardedFetch, hearAnswer, type HeardAnswer } from './call.ts';
import { type GoogleClient, planOf } from './client.ts';
import { billOf } from './content-bill.ts';
import type { ContentVerdict } from './content-verdict.ts';
import { failureOf, generate } from './content.ts';
import { field, parseJson, textOf } from './json-walk.ts';
import type { GoogleModel } from './models.ts';
import { readContent } from './read-content.ts';
import { readError, tellError } from './read-error.ts';
import { type Heard, heardIn } from './read-heard.ts';

export type SoundOrder = Required<Pick<TranscriptRequest, 'languages' | 'speakers'>> & {
  model: GoogleModel;
  /** AAC in an MP4, in base64. */
  data: string;
};

/** What was heard; `cut` says why it ended before its time. */
export type Sound = Heard & { cut: string | null };

/** Chosen by those who sent it: as `audio/mp4` it was refused (public code, until 2026-10). */
const MIME_TYPE = 'audio/m4a';

const planFor = (client: GoogleClient, { name }: GoogleModel) => ({
  ...planOf(client, name),
  namesModel: true,
  paid: true,
});

/**
 * Asks once by `generateContent`, on both surfaces.
 *
 * @throws {ProviderError} for a refusal, and for what is no answer, with the bill of one that is charged.
 */
export async function askSound(
  client: GoogleClient,
  { model, data, languages, speakers }: SoundOrder,
  signal: AbortSignal,
): Promise<Sound & Receipt> {
  const { AudioTranscriptionConfigMode } = await import('@google/genai');
  const { surface, apiVersion } = client.settings;
  const request = {
    model,
    // Nothing beside it: the model takes no words, and no schema.
    parts: [{ inlineData: { data, mimeType: MIME_TYPE } }],
    config: {
      audioTranscriptionConfig: {
        ...(languages.length > 0 && { languageCodes: [...languages] }),
        wordTimestamp: true,
        diarization: speakers,
        mode: AudioTranscriptionConfigMode.VERBATIM,
      },
      // None was seen on v1.
      ...(surface === 'GEMINI' && { httpOptions: { apiVersion: apiVersion ?? GEMINI_VERSION } }),
    },
  };
  const answer = await generate(client, planFor(client, model), request, signal);
  const body = parseJson(answer.text);
  return read(model, answer, body, readContent(body, 'TEXT'));
}

/** Asks once by an interaction, of the Gemini API: an answer that is completed and has nothing in it is one. */
export async function listenTo(
  client: GoogleClient,
  { model, data, languages, speakers }: SoundOrder,
  signal: AbortSignal,
): Promise<Sound & Receipt> {
  const body = {
    model: model.name,
    input: [{ type: 'audio', data, mime_type: MIME_TYPE }],
    generation_config: {
      transcription_config: {
        ...(languages.length > 0 && { language_codes: languages }),
        mode: {
          type: 'verbatim',
          ...(speakers && { diarization_mode: 'speaker' }),
          timestamp_granularities: ['word'],
        },
      },
    },
    store: false,
  };
  const headers = await client.credentials();
  headers.set('content-type', 'application/json');
  const answer = await hearAnswer(planFor(client, model), signal, () =>
    guardedFetch(`${omniRoot(client)}/interactions`, { method: 'POST', headers, body: JSON.stringify(body) }),
  );
  if (answer.refusal) throw answer.refusal;
  const told = parseJson(answer.text);
  return read(model, answer, told, verdictOf(told));
}

/** Of an interaction in which nothing was heard. */
function verdictOf(body: unknown): ContentVerdict {
  const status = textOf(field(body, 'status'));
  if (status === 'completed') return { verdict: 'CUT', why: 'EMPTY', text: '', words: 'Nothing was heard.' };
  const error = readError(field(body, 'error'));
  return {
    verdict: 'NOT_KNOWN',
    words: error ? tellError(error) : `it ended as ${status ?? 'nothing told'}.`,
  };
}

/** @param told what it comes to where nothing was heard. */
function read(model: GoogleModel, answer: HeardAnswer, body: unknown, told: ContentVerdict): Sound & Receipt {
  const heard = heardIn(body);
  const isHeard = heard.text !== '';
  const { isFree, says, usage } = billOf(body, isHeard ? { verdict: 'TEXT', text: heard.text } : told);
  const requestId = answer.requestId ?? textOf(field(body, 'responseId')) ?? textOf(field(body, 'id'));
  const receipt = { usage, isEstimate: says === 'ALL_BUT_KINDS', requestId };
  if (isHeard || (told.verdict === 'CUT' && told.text === ''))
    return { ...heard, cut: cutOf(told), ...receiptOf(receipt) };
  const name = `Google ${model.name}`;
  // Words that are not in their place: it was talked about, not heard.
  if (told.verdict === 'TEXT' || told.verdict === 'CUT' || told.verdict === 'PICTURE')
    throw new ProviderError('IN_VAIN', `${name}: it answered with other words than it heard.`, { receipt });
  const isCharged = !isFree && says !== 'NOTHING';
  throw failureOf(told, `${name}: ${told.words}`, isCharged ? { receipt } : {});
}

const cutOf = (told: ContentVerdict): string | null =>
  told.verdict === 'CUT' && told.why === 'NO_ROOM' ? told.words : null;
