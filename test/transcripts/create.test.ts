/** Subtitles that somebody has become the transcript of a video; what is wrong with them is said. */
import { describe, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { seedRun } from '../support/paid-project.ts';
import { useTestApi } from '../support/test-api.ts';
import { newVideo, srt, transcribe } from './support/transcribe.ts';

const api = useTestApi();

const HELLO = srt([0.5, 2, 'Hello there, Dr. Smith.'], [3, 4, 'How are you?']);
const transcriptsOf = (videoId: string) => api.db.transcript.count({ where: { videoId } });

describe('subtitles', () => {
  test('become words with their share of the time, and sentences', async () => {
    const { id } = await newVideo(api);
    const { transcript, warnings } = await transcribe(api, { videoId: id, language: 'EN-us' }, HELLO);
    expect(transcript).toMatchObject({
      fullText: 'Hello there, Dr. Smith. How are you?',
      language: 'en-US',
      isSpread: true,
      version: 0,
      transcriptionService: 'SUBTITLES',
      numberOfWords: 7,
      numberOfSegments: 2,
      correctedAt: null,
      sentences: [
        { text: 'Hello there, Dr. Smith.', startSeconds: 0.5 },
        { text: 'How are you?', startSeconds: 3 },
      ],
    });
    expect(transcript?.words[0]).toMatchObject({ text: 'Hello', startSeconds: 0.5 });
    expect(transcript?.words.at(-1)?.endSeconds).toBeLessThanOrEqual(4);
    expect(warnings).toEqual([]);
  });

  test('keep the times that they have of words', async () => {
    const { id } = await newVideo(api);
    const vtt = 'WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ann>One<00:02.000> two.\n';
    const { transcript } = await transcribe(api, { videoId: id }, vtt);
    expect(transcript).toMatchObject({ isSpread: false, language: 'und', fullText: 'One two.' });
    expect(transcript?.words).toMatchObject([
      { text: 'One', startSeconds: 1 },
      { text: 'two.', startSeconds: 2 },
    ]);
  });

  test('are told of to the project, as an event of their own', async () => {
    const { id, videoId } = await newVideo(api);
    const { transcript } = await transcribe(api, { videoId: id }, HELLO);
    const { projectId } = await api.db.video.findUniqueOrThrow({ where: { id: videoId } });
    const query = `query ($id: ID!) { project(id: $id) { events(last: 1) { edges { node {
      __typename subject { id } message ... on TranscriptChanged { transcript { numberOfWords } } } } } } }`;
    const { project } = await api.ask<{ project: { events: { edges: object[] } } }>(query, {
      id: encodeGlobalId('Project', projectId ?? ''),
    });
    expect(project.events.edges).toMatchObject([
      {
        node: {
          __typename: 'TranscriptChanged',
          subject: { id: transcript?.id },
          message: expect.stringMatching(/has a transcript: 7 words of subtitles/) as string,
          transcript: { numberOfWords: 7 },
        },
      },
    ]);
  });

  test('that go beyond the end of the video are cut there, and it is told', async () => {
    const { id } = await newVideo(api);
    const long = srt([1, 2, 'One.'], [7, 9, 'Two three.'], [9, 10, 'Four.']);
    const { transcript, warnings } = await transcribe(api, { videoId: id }, long);
    expect(transcript?.fullText).toBe('One. Two three.');
    expect(transcript?.words.at(-1)?.endSeconds).toBeLessThanOrEqual(8);
    expect(warnings).toEqual([
      '1 cue ends after the video: cut at its end.',
      '1 cue begins after the end of the video: left out.',
    ]);
  });

  test('with cues that are wrong lose those only, and it is told', async () => {
    const { id } = await newVideo(api);
    const text = srt([1, 2, 'One.'], [3, 3, 'Never seen.'], [4, 5, 'Two.']);
    const { transcript, warnings } = await transcribe(api, { videoId: id }, text);
    expect(transcript?.fullText).toBe('One. Two.');
    expect(warnings).toEqual([expect.stringContaining('line ')]);
  });
});

describe('is refused, and nothing kept:', () => {
  const REFUSED: [what: string, subtitles: string | Uint8Array<ArrayBuffer>, message: RegExp][] = [
    ['an empty file', '', /nothing in it/],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]), /file: /],
    ['prose', 'Call me Ishmael.', /file: /],
    [
      'the subtitles of a longer film',
      srt([1, 2, 'One.'], [10, 11, 'Two.'], [20, 21, 'Three.']),
      /2 of its 3 cues .* 8 s: .*another film\?/,
    ],
    ['music alone', srt([1, 2, '[MUSIC]'], [3, 4, '♪♪']), /Nothing is said in it: 2 cues/],
  ];

  test.each(REFUSED)('%s', async (_what, subtitles, message) => {
    const { id, videoId } = await newVideo(api);
    const answer = await transcribe(api, { videoId: id }, subtitles);
    expect(answer).toMatchObject({ code: 'INVALID_INPUT', path: ['file'] });
    expect(answer.message).toMatch(message);
    expect(await transcriptsOf(videoId)).toBe(0);
  });

  test.each(['', 'english please', 'x'.repeat(36), 'de_AT!'])('the language %j', async (language) => {
    const { id, videoId } = await newVideo(api);
    const answer = await transcribe(api, { videoId: id, language }, HELLO);
    expect(answer).toMatchObject({ code: 'INVALID_INPUT', path: ['language'] });
    expect(await transcriptsOf(videoId)).toBe(0);
  });

  test('a second transcript, with the way out; also when two come at once', async () => {
    const { id, videoId } = await newVideo(api);
    const answers = await Promise.all([1, 2].map(() => transcribe(api, { videoId: id }, HELLO)));
    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual([
      'ConflictError',
      'CreateTranscriptPayload',
    ]);
    const again = await transcribe(api, { videoId: id }, HELLO);
    expect(again).toMatchObject({ code: 'TRANSCRIPT_EXISTS', path: ['videoId'] });
    expect(again.message).toContain('deleteTranscript');
    expect(await transcriptsOf(videoId)).toBe(1);
  });

  test('a video that a run works on, and one that is not there', async () => {
    const { id, videoId } = await newVideo(api);
    const { id: runId } = await seedRun(api.ctx);
    await api.db.pipelineRun.update({ where: { id: runId }, data: { projectId: null, videoId } });
    expect(await transcribe(api, { videoId: id }, HELLO)).toMatchObject({ code: 'RUN_IN_PROGRESS' });
    const nobodys = id.replace(/.{12}$/, '000000000000');
    expect(await transcribe(api, { videoId: nobodys }, HELLO)).toMatchObject({
      code: 'NOT_FOUND',
      path: ['videoId'],
    });
  });
});

test('with the same key the same transcript is the answer, and other subtitles are refused', async () => {
  const { id } = await newVideo(api);
  const input = { videoId: id, idempotencyKey: id };
  const first = await transcribe(api, input, HELLO);
  expect(await transcribe(api, input, HELLO)).toEqual(first);
  expect(await transcribe(api, input, `${HELLO}\n`)).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
});
