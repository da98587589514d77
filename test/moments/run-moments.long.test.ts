/** A run finds the moments of a real film and cuts them, and the next one makes only what is missing. */
import { expect, test } from 'vitest';
import { setClipFraming } from '../../src/features/moments/framing/set-framing.ts';
import { launchMoments } from '../../src/features/pipelines/moments/launch-moments.ts';
import type { MomentsOrder } from '../../src/features/pipelines/moments/moments-order.ts';
import { momentsOptions } from '../../src/features/pipelines/moments/moments-options.ts';
import { skippedBy } from '../../src/features/runs/skip-stage.ts';
import { probe } from '../../src/media/read/probe.ts';
import { runEnd } from '../support/run-end.ts';
import { useTestPlatform } from '../support/test-platform.ts';
import { addFilm, addTranscript, spoken } from './support/talk-film.ts';

const platform = useTestPlatform({ workers: 2 });

const { words, endSeconds } = spoken();
const FILM_SECONDS = Math.ceil(endSeconds) + 2;

const orderOf = (videoId: string, more: Partial<MomentsOrder> = {}): MomentsOrder => ({
  videoId,
  scope: 'FULL',
  way: {
    model: 'LEXICAL',
    operationType: 'GENERATION',
    userPrompt: '',
    systemPrompt: '',
    temperature: null,
    topP: null,
    topK: null,
    minMomentLength: 4,
    maxMomentLength: 10,
    minMoments: 1,
    maxMoments: 2,
  },
  options: momentsOptions.parse({}),
  stopAfter: null,
  maxCostCents: null,
  priority: 'INTERACTIVE',
  idempotencyKey: null,
  ...more,
});

const run = async (order: MomentsOrder) =>
  runEnd(platform.ctx, (await launchMoments(platform.ctx, order)).id);

const clipsOf = (videoId: string) =>
  platform.db.clip.findMany({
    where: { videoId },
    include: { moment: true, thumbnail: true },
    orderBy: { startTime: 'asc' },
  });

test('a talk becomes clips that begin and end between words, with stills, and every row says so', async () => {
  const { id: videoId } = await addFilm(platform, FILM_SECONDS);
  await addTranscript(platform, videoId, words);
  const ended = await run(orderOf(videoId));
  expect(ended).toMatchObject({ status: 'COMPLETED', percent: 100, totalMoments: 2, totalClips: 2 });
  expect(ended.identifier).toMatch(/^moments-talk-.*-1$/);

  const clips = await clipsOf(videoId);
  expect(clips).toHaveLength(2);
  for (const clip of clips) {
    const inside = words.filter(
      (word) => word.endSeconds > clip.startTime + 0.01 && word.startSeconds < clip.endTime - 0.01,
    );
    // No word is cut in two, and none that is not its own is heard.
    expect(inside[0]?.startSeconds).toBeGreaterThanOrEqual(clip.startTime - 0.001);
    expect(inside.at(-1)?.endSeconds).toBeLessThanOrEqual(clip.endTime + 0.001);
    expect(inside[0]?.startSeconds).toBeCloseTo(clip.moment.startTime, 3);
    expect(clip).toMatchObject({
      format: 'mp4',
      videoCodec: 'h264',
      audioCodec: 'aac',
      resolution: '320x180',
    });
    expect(clip.paddingLeft + clip.paddingRight + clip.moment.endTime - clip.moment.startTime).toBeCloseTo(
      clip.endTime - clip.startTime,
      3,
    );
    const measured = await probe(platform.storage.locationOf(clip.filePath));
    expect(measured.durationSeconds).toBeCloseTo(clip.durationSeconds, 1);
    expect(clip.thumbnail?.fileSizeBytes).toBeGreaterThan(100n);
  }
  expect(await platform.db.thumbnail.count({ where: { videoId } })).toBe(1);
});

test('the same asked again makes nothing, and another shape is cut anew of the same moments', async () => {
  const { id: videoId } = await addFilm(platform, FILM_SECONDS);
  await addTranscript(platform, videoId, words);
  await run(orderOf(videoId));
  const before = await clipsOf(videoId);
  const again = await run(orderOf(videoId));
  expect(again).toMatchObject({ status: 'COMPLETED', attempt: 2, totalMoments: 2, totalClips: null });
  expect(await clipsOf(videoId)).toEqual(before);

  const square = await run(
    orderOf(videoId, {
      scope: 'CLIPS_ONLY',
      options: momentsOptions.parse({ aspectRatio: '1:1', captions: 'WORD_POP', maxClips: 1 }),
    }),
  );
  expect(square).toMatchObject({ status: 'COMPLETED', totalMoments: null, totalClips: 1 });
  const after = await clipsOf(videoId);
  expect(after.map(({ momentId }) => momentId)).toEqual(before.map(({ momentId }) => momentId));
  expect(after.map(({ resolution }) => resolution).toSorted()).toEqual(['1080x1080', '320x180']);
});

test('a clip whose shots are framed by hand is cut anew as they are, once', async () => {
  const { id: videoId } = await addFilm(platform, FILM_SECONDS);
  await addTranscript(platform, videoId, words);
  await run(orderOf(videoId));
  const before = await clipsOf(videoId);
  const [{ moment } = { moment: null }] = before;
  if (!moment) throw new Error('Nothing was cut.');
  const { id: momentId, version: expectedVersion } = moment;
  const rectangle = { x: 0, y: 0, width: 0.4, height: 0.4 };
  const shots = [{ atSeconds: moment.startTime + 1, rectangle }];
  await setClipFraming(platform.ctx, { momentId, expectedVersion, shots });

  expect(await run(orderOf(videoId))).toMatchObject({ totalClips: 1 });
  const [framed, other] = await clipsOf(videoId);
  expect(framed?.id).not.toBe(before[0]?.id);
  expect(other?.id).toBe(before[1]?.id);
  expect(await run(orderOf(videoId))).toMatchObject({ totalClips: null });
});

test('without words moments come from shots and sound, and the run says why', async () => {
  const { id: videoId } = await addFilm(platform, FILM_SECONDS);
  const ended = await run(orderOf(videoId, { scope: 'MOMENTS_ONLY' }));
  expect(ended).toMatchObject({ status: 'COMPLETED', totalClips: null });
  expect(skippedBy(ended)).toMatchObject([{ stage: 'TRANSCRIBE' }]);
  const moments = await platform.db.moment.findMany({ where: { videoId } });
  expect(moments.length).toBe(ended.totalMoments);
  expect(moments.every(({ generationModel }) => generationModel === 'FROM_SOUND')).toBe(true);
});

test('a film that cannot be read ends the run with the reason, and nothing is left', async () => {
  const { id: videoId, filePath } = await addFilm(platform, 3);
  await platform.storage.withTemporary('mp4', async (file) => {
    const { writeFile } = await import('node:fs/promises');
    await writeFile(file, 'no film');
    await platform.storage.keep(file, filePath);
  });
  const ended = await run(orderOf(videoId));
  expect(ended).toMatchObject({ status: 'FAILED', errorStage: 'EXTRACT_AUDIO', errorCode: 'MEDIA_FAILED' });
  expect(await platform.db.moment.count({ where: { videoId } })).toBe(0);
});
