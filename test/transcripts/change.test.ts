/** A transcript is corrected in its words, deleted with what was found with it, and written for players and readers. */
import { describe, expect, test } from 'vitest';
import { decodeGlobalId, encodeGlobalId } from '../../src/core/ids.ts';
import { readSubtitles } from '../../src/subtitles/read-subtitles.ts';
import { seedRun } from '../support/paid-project.ts';
import { putFile } from '../platform/support/stored-files.ts';
import { momentOf, seedMoments } from '../support/seed-moments.ts';
import { useTestApi } from '../support/test-api.ts';
import { mutate } from '../api/support/mutate.ts';
import { newVideo, srt, transcribe } from './support/transcribe.ts';

const api = useTestApi();

const TALK = srt([0.5, 2, 'Hello their, friends.'], [3, 4, 'How are you?'], [7, 8, 'Good buy.']);

async function newTranscript(subtitles = TALK, language = 'en') {
  const { id, videoId } = await newVideo(api);
  const { transcript } = await transcribe(api, { videoId: id, language }, subtitles);
  if (!transcript) throw new Error('It was refused.');
  return { ...transcript, videoId };
}

const SEEN =
  'transcript { version fullText correctedAt words { text startSeconds endSeconds } sentences { text } }';
type Seen = {
  transcript: { version: number; fullText: string; correctedAt: string | null; words: object[] };
};
const correct = (transcriptId: string, expectedVersion: number, ...words: [index: number, text: string][]) =>
  mutate<Seen>(
    api,
    'updateTranscriptWords',
    { transcriptId, expectedVersion, words: words.map(([index, text]) => ({ index, text })) },
    SEEN,
  );
const entriesOf = (id: string) =>
  api.db.auditLog.findMany({
    where: { subjectType: 'Transcript', subjectId: decodeGlobalId(id)?.id ?? '' },
    orderBy: { sequence: 'asc' },
  });

const remove = (id: string) =>
  mutate<{ deletedTranscriptId: string }>(
    api,
    'deleteTranscript',
    { transcriptId: id },
    'deletedTranscriptId',
  );
const written = async (id: string, format: string) => {
  const query = `query ($id: ID!) { transcript(id: $id) { subtitles(format: ${format}) } }`;
  return (await api.ask<{ transcript: { subtitles: string } }>(query, { id })).transcript.subtitles;
};
const wordsIn = async (text: string) =>
  (await readSubtitles(Buffer.from(text))).cues.flatMap((cue) => cue.text.split(/\s+/));

describe('a word', () => {
  test('is corrected in its place: times stay, sentences and the full text follow', async () => {
    const { id, words } = await newTranscript();
    const answer = await correct(id, 0, [1, ' there, '], [7, 'bye. '], [6, 'Good \n bye and']);
    expect(answer.transcript).toMatchObject({
      version: 1,
      fullText: 'Hello there, friends. How are you? Good bye and bye.',
      correctedAt: expect.any(String) as string,
      sentences: [{ text: 'Hello there, friends.' }, { text: 'How are you?' }, { text: 'Good bye and bye.' }],
    });
    const texts: Record<number, string> = { 1: 'there,', 6: 'Good bye and', 7: 'bye.' };
    expect(answer.transcript?.words).toEqual(
      words.map((word, index) => ({ ...word, text: texts[index] ?? word.text })),
    );
    expect((await entriesOf(id)).at(-1)).toMatchObject({
      version: 1,
      details: { words: [{ index: 1, before: 'their,', after: 'there,' }, { index: 7 }, { index: 6 }] },
    });
  });

  test('that is right already is no change, and nothing is told', async () => {
    const { id } = await newTranscript();
    const answer = await correct(id, 0, [0, 'Hello']);
    expect(answer.transcript).toMatchObject({ version: 0, correctedAt: null });
    expect(await entriesOf(id)).toHaveLength(1);
  });

  test('of a language without spaces is set back without any', async () => {
    const { id, words } = await newTranscript(srt([1, 3, '今日は天気がいいです。']), 'ja');
    const answer = await correct(id, 0, [0, '明日']);
    expect(words[0]?.text).toBe('今日');
    expect(answer.transcript?.fullText).toBe('明日は天気がいいです。');
  });

  test('is refused where somebody was faster', async () => {
    const { id } = await newTranscript();
    await correct(id, 0, [1, 'there,']);
    expect(await correct(id, 0, [1, 'these,'])).toMatchObject({
      code: 'VERSION_STALE',
      path: ['expectedVersion'],
    });
    const both = await Promise.all(['they', 'we'].map((text) => correct(id, 1, [5, `${text}?`])));
    expect(both.filter(({ code }) => code === 'VERSION_STALE')).toHaveLength(1);
  });

  test.each<[string, [number, string][], string[]]>([
    ['no word', [], ['words']],
    ['an index after the last', [[8, 'x']], ['words', '0', 'index']],
    [
      'an index before the first',
      [
        [0, 'x'],
        [-1, 'x'],
      ],
      ['words', '1', 'index'],
    ],
    [
      'the same index twice',
      [
        [0, 'x'],
        [0, 'y'],
      ],
      ['words', '1', 'index'],
    ],
    ['an empty word', [[0, ' \u200b ']], ['words', '0', 'text']],
    ['a word too long', [[0, 'x'.repeat(201)]], ['words', '0', 'text']],
  ])('is refused: %s', async (_what, words, path) => {
    const { id } = await newTranscript();
    const answer = await correct(id, 0, ...words);
    expect(answer).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path }] });
    expect(await entriesOf(id)).toHaveLength(1);
  });
});

describe('a transcript is deleted', () => {
  test('with what was found with it and the files of that, and nothing else', async () => {
    const { videoId } = await newVideo(api);
    const seed = await seedMoments(api.db, api.ctx.actor.workspaceId, videoId);
    const other = await api.db.moment.create({ data: momentOf(videoId) });
    const { filePath: cut } = await api.db.clip.findUniqueOrThrow({ where: { id: seed.clipId } });
    const { filePath: film } = await api.db.video.findUniqueOrThrow({ where: { id: videoId } });
    await putFile(api.storage, cut, cut);
    const id = encodeGlobalId('Transcript', seed.transcriptId);

    expect(await remove(id)).toMatchObject({ deletedTranscriptId: id });
    expect(await api.db.generationConfig.count({ where: { id: seed.configId } })).toBe(0);
    const left = await api.db.moment.findMany({ where: { videoId } });
    expect(left.map((moment) => moment.id).toSorted()).toEqual([seed.childId, other.id].toSorted());
    expect([await api.storage.size(cut), await api.storage.size(film)]).toEqual([null, expect.any(Number)]);
    expect((await entriesOf(id)).at(-1)).toMatchObject({ details: { to: null, moments: 1 } });
    expect(await remove(id)).toMatchObject({ code: 'NOT_FOUND', path: ['transcriptId'] });
  });

  test('and another made in its place', async () => {
    const { id, videoId } = await newTranscript();
    await remove(id);
    const again = await transcribe(api, { videoId: encodeGlobalId('Video', videoId) }, srt([1, 2, 'Anew.']));
    expect(again.transcript?.fullText).toBe('Anew.');
  });

  test('but not while a run works on its video', async () => {
    const { id, videoId } = await newTranscript();
    const { id: runId } = await seedRun(api.ctx);
    await api.db.pipelineRun.update({ where: { id: runId }, data: { projectId: null, videoId } });
    expect(await remove(id)).toMatchObject({ code: 'RUN_IN_PROGRESS', path: ['transcriptId'] });
  });
});

describe('a transcript is written', () => {
  test.each(['SRT', 'WEBVTT', 'JSON'])('as %s that is read again word for word', async (format) => {
    const { id, fullText } = await newTranscript();
    expect(await wordsIn(await written(id, format))).toEqual(fullText.split(' '));
  });

  test('as text to read, with what was corrected', async () => {
    const { id } = await newTranscript();
    await correct(id, 0, [1, 'there,'], [7, 'bye.']);
    expect(await written(id, 'TEXT')).toBe('Hello there, friends.\nHow are you?\n\nGood bye.\n');
  });

  test.each(['WEBVTT', 'JSON'])('as %s with times of words only where they were measured', async (format) => {
    const timed = 'WEBVTT\n\n00:01.000 --> 00:03.000\nOne<00:02.000> two.\n';
    const measured = await newTranscript(timed);
    const spread = await newTranscript();
    const cuesOf = async (id: string) => (await readSubtitles(Buffer.from(await written(id, format)))).cues;
    expect((await cuesOf(measured.id))[0]?.words).toMatchObject([{ word: 'One' }, { startSeconds: 2 }]);
    expect((await cuesOf(spread.id)).filter(({ words }) => words)).toEqual([]);
  });

  test('and nothing of it is shown after the end of the video', async () => {
    const { id } = await newTranscript();
    const { cues } = await readSubtitles(Buffer.from(await written(id, 'SRT')));
    expect(cues.at(-1)?.endSeconds).toBe(8);
  });
});
