/** Where the words of a video come from, and how a run gets them. */
import { expect, test } from 'vitest';
import { DomainError } from '../../src/core/errors.ts';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { hearBest } from '../../src/features/transcripts/sources/hear-best.ts';
import { transcriptSourcesFor } from '../../src/features/transcripts/sources/registry.ts';
import type { Heard, TranscriptSourceEntry } from '../../src/features/transcripts/sources/source.ts';
import { configureWhisper } from '../../src/features/transcripts/sources/whisper.ts';
import { transcribeStep } from '../../src/features/transcripts/transcribe.jobs.ts';
import { isDraft, isFitForCaptions } from '../../src/features/transcripts/trust.ts';
import { seedFilm } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';

const api = useTestApi();
const signal = new AbortController().signal;

const NARRATIONS = ['The harbour wakes.', 'Boats leave, one by one.'];

/** A film of two scenes that speak, the second from 4 s on. */
async function narratedFilm(narrations: readonly (string | null)[] = NARRATIONS) {
  const { videoId, sceneIds } = await seedFilm(api.ctx);
  for (const [index, narration] of narrations.entries())
    await api.db.scene.update({ where: { id: sceneIds[index]! }, data: { narration } });
  const chapters = [0, 4].map((start) => ({ title: 'A scene', startSeconds: start, endSeconds: start + 4 }));
  const video = await api.db.video.update({ where: { id: videoId }, data: { chapters } });
  return { video, sceneIds };
}

const work = (input: { videoId: string; source?: 'SCRIPT' | 'GEMINI' | null }) =>
  runStep({ source: null, language: null, ...input });

/** As the engine does a step. */
async function runStep(input: {
  videoId: string;
  source: 'SCRIPT' | 'GEMINI' | null;
  language: string | null;
}) {
  const run = {} as never;
  const prepared = await api.db.$transaction((tx) => transcribeStep.begin(tx, api.ctx, run, input));
  if (prepared === null) return null;
  const output = await transcribeStep.work(api.ctx, prepared, signal, () => {});
  await api.db.$transaction((tx) => transcribeStep.finish(tx, api.ctx, run, input, output));
  return api.db.transcript.findUniqueOrThrow({ where: { videoId: input.videoId } });
}

test('a film of ours has the words of its script, at the times at which its voice says them', async () => {
  const { video } = await narratedFilm();
  const transcript = await work({ videoId: video.id });
  expect(transcript).toMatchObject({
    fullText: NARRATIONS.join(' '),
    transcriptionService: 'SCRIPT',
    language: 'en',
    isSpread: false,
    confidence: null,
    numberOfWords: 8,
    numberOfSegments: 2,
  });
  const words = transcript!.wordTimestamps as { word: string; start: number; end: number }[];
  expect(words.map(({ start }) => start)).toEqual(
    words.map(({ start }) => start).toSorted((one, two) => one - two),
  );
  // The voice begins 0.4 s after its clip, with the pause that it makes first.
  expect(words[0]).toMatchObject({ word: 'The', start: expect.closeTo(0.6, 1) as number });
  expect(words[3]).toMatchObject({ word: 'Boats', start: expect.closeTo(4.6, 1) as number });
  const [event] = await api.db.auditLog.findMany({ where: { message: { contains: '8 words from SCRIPT' } } });
  expect(event).toBeDefined();
});

test('a video that has a transcript keeps it', async () => {
  const { video } = await narratedFilm();
  const first = await work({ videoId: video.id });
  expect(await work({ videoId: video.id })).toBeNull();
  expect((await api.db.transcript.findUnique({ where: { videoId: video.id } }))?.id).toBe(first?.id);
});

test('a script is none where scenes were made anew, do not speak, or are gone, and the way out is told', async () => {
  const reasonOf = async (video: Parameters<typeof transcriptSourcesFor>[1]) =>
    (await transcriptSourcesFor(api.ctx, video)).find(({ source }) => source === 'SCRIPT')?.reason;
  const { video, sceneIds } = await narratedFilm();
  expect(await reasonOf(video)).toBeNull();
  await api.db.videoClip.updateMany({
    where: { sceneId: sceneIds[1]!, supersededAt: null },
    data: { supersededAt: new Date(Date.now() + 60_000) },
  });
  expect(await reasonOf(video)).toMatch(/scene 2; stitch the film again/);
  expect(await reasonOf((await narratedFilm([null, ''])).video)).toMatch(/No scene of it has a narration/);
  expect(await reasonOf({ ...video, projectId: null })).toMatch(/not made here/);
});

test('where nothing is to be had, each source tells why, and the way out', async () => {
  const { video } = await narratedFilm([null, null]);
  const fails = hearBest(api.ctx, { video, source: null, language: null }, { signal });
  await expect(fails).rejects.toMatchObject({
    code: 'NO_TRANSCRIPT_SOURCE',
    message: expect.stringMatching(
      /SCRIPT: .* SUBTITLES: .*createTranscript.* WHISPER: The video has no sound\. POCKETSPHINX: The video has no sound/,
    ) as string,
  });
  expect(await api.db.transcript.count({ where: { videoId: video.id } })).toBe(0);
  await api.db.video.update({ where: { id: video.id }, data: { audioCodec: 'aac' } });
  await expect(work({ videoId: video.id, source: 'GEMINI' })).rejects.toMatchObject({
    code: 'NO_TRANSCRIPT_SOURCE',
  });
});

test('whisper wants a model that is there, and PocketSphinx hears English alone', async () => {
  const { video } = await narratedFilm();
  const offered = async (language: string | null) =>
    new Map(
      (await transcriptSourcesFor(api.ctx, { ...video, audioCodec: 'aac' }, language)).map(
        ({ source, reason }) => [source, reason],
      ),
    );
  expect((await offered(null)).get('WHISPER')).toMatch(/VIDPIPE_WHISPER_MODEL/);
  configureWhisper('/no/such/model.bin');
  expect((await offered(null)).get('WHISPER')).toMatch(/no file that can be read/);
  configureWhisper(null);
  expect((await offered('de')).get('POCKETSPHINX')).toMatch(/English alone, not de/);
});

test('people see what there is', async () => {
  const { video } = await narratedFilm();
  const { video: seen } = await api.ask<{ video: { transcriptSources: object[] } }>(
    'query ($id: ID!) { video(id: $id) { transcriptSources(language: "en") { source isAvailable isPaid reason } } }',
    { id: encodeGlobalId('Video', video.id) },
  );
  expect(seen.transcriptSources[0]).toEqual({
    source: 'SCRIPT',
    isAvailable: true,
    isPaid: false,
    reason: null,
  });
  expect(seen.transcriptSources).toContainEqual(
    expect.objectContaining({ source: 'WHISPER', isAvailable: false }),
  );
});

const HELLO: Heard = {
  words: [{ word: 'Hello', startSeconds: 0, endSeconds: 1 }],
  language: null,
  model: null,
  confidence: null,
  isSpread: false,
  warnings: ['Softly.'],
};
const entry = (
  source: TranscriptSourceEntry['source'],
  more: Partial<TranscriptSourceEntry>,
): TranscriptSourceEntry => ({
  source,
  whyNot: async () => null,
  hear: async () => HELLO,
  ...more,
});
const failing = entry('SUBTITLES', {
  hear: () => Promise.reject(new DomainError('MEDIA_FAILED', 'The tape is torn.')),
});
const silent = entry('WHISPER', { hear: async () => ({ ...HELLO, words: [] }) });

test('the next best follows one that fails or hears nothing, and it is told', async () => {
  const { video } = await narratedFilm();
  const hear = (...all: TranscriptSourceEntry[]) =>
    hearBest(api.ctx, { source: null, video, language: null }, { signal }, all);
  const paid = entry('GEMINI', { isPaid: true });
  expect(await hear(failing, paid, silent, entry('POCKETSPHINX', {}))).toMatchObject({
    source: 'POCKETSPHINX',
    warnings: ['SUBTITLES: The tape is torn.', 'WHISPER: nothing is said in it.', 'Softly.'],
  });
  await expect(hear(silent)).rejects.toMatchObject({ code: 'NOTHING_SAID' });
  await expect(hear(silent, failing)).rejects.toMatchObject({ code: 'MEDIA_FAILED' });
  await expect(hear(paid)).rejects.toMatchObject({ code: 'NO_TRANSCRIPT_SOURCE' });
  const aborted = AbortSignal.abort(new Error('Enough.'));
  await expect(
    hearBest(api.ctx, { source: null, video, language: null }, { signal: aborted }, [failing]),
  ).rejects.toThrow('Enough.');
});

/** What PocketSphinx heard. */
const sureOf = (confidence: number | null, transcriptionService = 'POCKETSPHINX' as const) => ({
  confidence,
  transcriptionService,
});

test('words that a recogniser is unsure of are a draft, and unfit for captions where it is very much so', () => {
  expect([0.7, 0.59, 0.44].map((confidence) => isDraft(sureOf(confidence)))).toEqual([false, true, true]);
  expect([0.7, 0.59, 0.44].map((confidence) => isFitForCaptions(sureOf(confidence)))).toEqual([
    true,
    true,
    false,
  ]);
  expect(isDraft({ transcriptionService: 'SCRIPT', confidence: null })).toBe(false);
});

test('subtitles are there where the file brought some that are texts, of the language or of one that it does not tell', async () => {
  const { video } = await narratedFilm();
  const isThere = async (language: string | null, ...streams: object[]) =>
    (await transcriptSourcesFor(api.ctx, { ...video, subtitleStreams: streams }, language))[1]?.isAvailable;
  const english = { isText: true, language: 'eng' };
  expect(await isThere('en-GB', english)).toBe(true);
  expect(await isThere(null, english)).toBe(true);
  expect(await isThere('de', english)).toBe(false);
  expect(await isThere('de', { isText: true, language: null })).toBe(true);
  expect(await isThere(null, { ...english, isText: false })).toBe(false);
});
