import { encodeGlobalId, newId } from '../../../src/core/ids.ts';
import { postForm } from '../../api/support/upload.ts';
import { seedFilm } from '../../support/seed.ts';
import type { TestApi } from '../../support/test-api.ts';

const MUTATION = `mutation ($input: CreateTranscriptInput!) {
  result: createTranscript(input: $input) {
    __typename
    ... on UserError { code message path }
    ... on CreateTranscriptPayload {
      warnings
      transcript { id fullText language isSpread version transcriptionService numberOfWords numberOfSegments correctedAt
        words { text startSeconds endSeconds } sentences { text startSeconds endSeconds } }
    }
  }
}`;

type Timed = { text: string; startSeconds: number; endSeconds: number };

export type Transcribed = {
  __typename: string;
  code?: string;
  message?: string;
  path?: string[];
  warnings?: string[];
  transcript?: {
    id: string;
    fullText: string;
    language: string;
    isSpread: boolean;
    version: number;
    words: Timed[];
    sentences: Timed[];
  };
};

/** A film of 8 s without a transcript: its bare id and its global one. */
export async function newVideo(api: TestApi): Promise<{ videoId: string; id: string }> {
  const { videoId } = await seedFilm(api.ctx, { title: newId() });
  return { videoId, id: encodeGlobalId('Video', videoId) };
}

/** Sends subtitles as upload clients do; what came back, whatever it says. */
export async function transcribe(
  api: TestApi,
  input: { videoId: string; language?: string; idempotencyKey?: string },
  subtitles: string | Uint8Array<ArrayBuffer>,
  fileName = 'talk.srt',
): Promise<Transcribed> {
  const form = new FormData();
  const variables = { input: { ...input, file: null } };
  form.set('operations', JSON.stringify({ query: MUTATION, variables }));
  form.set('map', JSON.stringify({ 0: ['variables.input.file'] }));
  form.set('0', new Blob([subtitles]), fileName);
  const answer = (await (await postForm(api, form)).json()) as {
    data?: { result: Transcribed };
    errors?: unknown;
  };
  if (!answer.data) throw new Error(`The upload failed: ${JSON.stringify(answer.errors)}`);
  return answer.data.result;
}

/** SubRip of cues `[start, end, text]`, in seconds. */
export const srt = (...cues: [start: number, end: number, text: string][]): string =>
  cues
    .map(([start, end, text], index) => `${index + 1}\n${clock(start)} --> ${clock(end)}\n${text}\n`)
    .join('\n');

const clock = (seconds: number) => new Date(seconds * 1_000).toISOString().slice(11, 23).replace('.', ',');
