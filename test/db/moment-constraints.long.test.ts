/** What the database itself holds of transcripts, moments, clips and what they come from. */
import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { seedFilm, seedWorkspace } from '../support/seed.ts';
import {
  clipOf,
  configOf,
  momentOf,
  type MomentSeed,
  promptOf,
  seedMoments,
  thumbnailOf,
  transcriptOf,
} from '../support/seed-moments.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform();
let seed: MomentSeed & { videoId: string };
beforeEach(async () => {
  const { videoId } = await seedFilm(platform.ctx);
  seed = { videoId, ...(await seedMoments(platform.db, workspaceId(), videoId)) };
});

const workspaceId = () => platform.ctx.actor.workspaceId;

const createStill = (data: ReturnType<typeof thumbnailOf>) => platform.db.thumbnail.create({ data });

describe('the database refuses', () => {
  test('a second transcript of a video, and any change of one but of its words', async () => {
    const { db } = platform;
    await expect(db.transcript.create({ data: transcriptOf(seed.videoId) })).rejects.toThrow(
      'Unique constraint',
    );
    const where = { id: seed.transcriptId };
    for (const data of [
      { language: 'de' },
      { wordTimestamps: [{ word: 'Hello', start: 0, end: 0.4 }] },
      { transcriptionService: 'GEMINI' as const },
      { confidence: 0.5 },
    ])
      await expect(db.transcript.update({ where, data })).rejects.toThrow('A transcript is not changed');
    const words = [
      { word: 'Hallo', start: 0, end: 0.5 },
      { word: 'there.', start: 0.5, end: 1 },
    ];
    await db.transcript.update({
      where,
      data: { wordTimestamps: words, fullText: 'Hallo there.', version: 1 },
    });
  });

  test.each([
    ['no list', {}],
    ['no shot', [1]],
    ['shots in a list of their own', [[{ atSeconds: 1, whole: true }]]],
    ['a shot without a time', [{ whole: true }]],
    ['a time that is a word', [{ atSeconds: 'soon', whole: true }]],
    ['a time before the start', [{ atSeconds: -1, whole: true }]],
    ['a shot that is not framed', [{ atSeconds: 1 }]],
    ['a shot that is framed twice', [{ atSeconds: 1, whole: true, face: 0 }]],
    ['a whole that is none', [{ atSeconds: 1, whole: false }]],
    ['half a face', [{ atSeconds: 1, face: 0.5 }]],
    ['a face that nobody tells apart', [{ atSeconds: 1, face: 20 }]],
    ['a rectangle without height', [{ atSeconds: 1, rectangle: { x: 0, y: 0, width: 1 } }]],
    [
      'a rectangle beyond the picture',
      [{ atSeconds: 1, rectangle: { x: 0.6, y: 0, width: 0.5, height: 1 } }],
    ],
    ['more shots than 100', Array.from({ length: 101 }, (_, atSeconds) => ({ atSeconds, whole: true }))],
  ])('a framing of a moment that is none: %s', async (_what, framing) => {
    const update = platform.db.moment.update({ where: { id: seed.momentId }, data: { framing } });
    await expect(update).rejects.toThrow('moments_framing');
  });

  test('a transcript whose words are no list, or whose confidence is no share', async () => {
    const { videoId } = await seedFilm(platform.ctx);
    const made = transcriptOf(videoId);
    const create = (more: object) => platform.db.transcript.create({ data: { ...made, ...more } });
    await expect(create({ wordTimestamps: {} })).rejects.toThrow('transcripts_words');
    await expect(create({ confidence: 1.1 })).rejects.toThrow('transcripts_confidence');
    await expect(create({ numberOfWords: -1 })).rejects.toThrow('transcripts_counts');
  });

  test('the same prompt or configuration twice in a workspace, and hashes that are none', async () => {
    const { db } = platform;
    const prompt = await db.prompt.findUniqueOrThrow({ where: { id: seed.promptId } });
    await expect(db.prompt.create({ data: { ...prompt, id: newId() } })).rejects.toThrow('Unique constraint');
    await expect(
      db.prompt.create({ data: { ...promptOf(workspaceId()), promptHash: 'none' } }),
    ).rejects.toThrow('prompts_prompt_hash');
    const config = await db.generationConfig.findUniqueOrThrow({ where: { id: seed.configId } });
    const again = { ...config, id: newId(), transcriptId: null };
    await expect(db.generationConfig.create({ data: again })).rejects.toThrow('Unique constraint');
  });

  test.each([
    ['temperature', { temperature: 2.1 }],
    ['top_p', { topP: 1.5 }],
    ['top_k', { topK: 0 }],
    ['length', { minMomentLength: 61 }],
    ['length', { minMomentLength: 0 }],
    ['count', { minMoments: 4 }],
    ['count', { minMoments: 0, maxMoments: 0 }],
    ['most', { maxMoments: 101 }],
    ['config_hash', { configHash: 'ABC' }],
  ])('a configuration out of bounds: %s', async (name, more) => {
    const data = { ...configOf(workspaceId(), seed.promptId), ...more };
    await expect(platform.db.generationConfig.create({ data })).rejects.toThrow(`generation_configs_${name}`);
  });

  test.each([
    ['that ends before it starts', { startTime: 2, endTime: 2 }, 'moments_time'],
    ['that starts before its video', { startTime: -0.1 }, 'moments_time'],
    ['that ends after its video', { endTime: 1_000 }, 'after its video'],
    ['with a score of 11', { score: 11, scoredAt: new Date() }, 'moments_score'],
    ['with a score of no day', { score: 5 }, 'moments_scored'],
  ])('a moment %s', async (_what, more, refusal) => {
    const data = { ...momentOf(seed.videoId), ...more };
    await expect(platform.db.moment.create({ data })).rejects.toThrow(refusal);
  });

  test('a moment that refines itself, or one of another video', async () => {
    const { videoId } = await seedFilm(platform.ctx);
    const own = momentOf(seed.videoId);
    await expect(platform.db.moment.create({ data: { ...own, parentId: own.id } })).rejects.toThrow(
      'moments_parent',
    );
    const foreign = { ...momentOf(videoId), parentId: seed.momentId };
    await expect(platform.db.moment.create({ data: foreign })).rejects.toThrow('of the same video');
  });

  test('a configuration with the prompt, or the transcript, of another workspace', async () => {
    const { db } = platform;
    const foreign = await seedWorkspace(db);
    const prompt = await db.prompt.create({ data: promptOf(foreign) });
    const create = (data: ReturnType<typeof configOf>) => db.generationConfig.create({ data });
    await expect(create(configOf(workspaceId(), prompt.id))).rejects.toThrow(
      'of the workspace of its prompt',
    );
    const { transcriptId } = seed;
    const own = { ...configOf(foreign, prompt.id), transcriptId };
    await expect(create(own)).rejects.toThrow('of the workspace of its prompt');
  });

  test('a moment that was found with a configuration of another workspace, or for another video', async () => {
    const { db } = platform;
    const { videoId } = await seedFilm(platform.ctx);
    const found = { ...momentOf(videoId), generationConfigId: seed.configId };
    await expect(db.moment.create({ data: found })).rejects.toThrow('of its own video');
    const foreign = await seedWorkspace(db);
    const prompt = await db.prompt.create({ data: promptOf(foreign) });
    const { id } = await db.generationConfig.create({ data: configOf(foreign, prompt.id) });
    const moment = { ...momentOf(seed.videoId), generationConfigId: id };
    await expect(db.moment.create({ data: moment })).rejects.toThrow('of its own workspace');
  });

  test('a second clip of a moment, one of another video, and one that ends after its video', async () => {
    const { db } = platform;
    const { videoId } = await seedFilm(platform.ctx);
    const create = (more: object) =>
      db.clip.create({ data: { ...clipOf(seed.childId, seed.videoId), ...more } });
    await expect(create({ momentId: seed.momentId })).rejects.toThrow('Unique constraint');
    await expect(create({ videoId })).rejects.toThrow('Foreign key constraint');
    await expect(create({ endTime: 1_000 })).rejects.toThrow('after its video');
    await expect(create({ resolution: 'large' })).rejects.toThrow('clips_resolution');
    await expect(create({ paddingLeft: -1 })).rejects.toThrow('clips_time');
  });

  test('a still of nothing, of two things, and a second one', async () => {
    const { clipId, videoId } = seed;
    const ofVideo = thumbnailOf({ videoId });
    await expect(createStill({ ...ofVideo, videoId: null })).rejects.toThrow('thumbnails_subject');
    await expect(createStill({ ...ofVideo, clipId })).rejects.toThrow('thumbnails_subject');
    await expect(createStill(thumbnailOf({ clipId }))).rejects.toThrow('Unique constraint');
    await createStill(ofVideo);
    await expect(createStill(thumbnailOf({ videoId }))).rejects.toThrow('Unique constraint');
  });
});

const of = (id: string) => ({ where: { id } });

/** How many there are left of what was seeded. */
async function left() {
  const { db } = platform;
  return {
    transcripts: await db.transcript.count(of(seed.transcriptId)),
    prompts: await db.prompt.count(of(seed.promptId)),
    configs: await db.generationConfig.count(of(seed.configId)),
    moments: await db.moment.count(of(seed.momentId)),
    children: await db.moment.count(of(seed.childId)),
    clips: await db.clip.count(of(seed.clipId)),
    thumbnails: await db.thumbnail.count(of(seed.thumbnailId)),
  };
}

describe('with it goes', () => {
  const ALL = { transcripts: 1, prompts: 1, configs: 1, moments: 1, children: 1, clips: 1, thumbnails: 1 };
  const withoutMoment = { moments: 0, clips: 0, thumbnails: 0 };

  test('all that is of a video', async () => {
    await platform.db.video.delete({ where: { id: seed.videoId } });
    expect(await left()).toEqual({ ...ALL, transcripts: 0, configs: 0, ...withoutMoment, children: 0 });
  });

  test("a moment's clip; what refines it stays, with no parent", async () => {
    await platform.db.moment.delete({ where: { id: seed.momentId } });
    expect(await left()).toEqual({ ...ALL, ...withoutMoment });
    expect(await platform.db.moment.findUnique({ where: { id: seed.childId } })).toMatchObject({
      parentId: null,
    });
  });

  test("a clip's still", async () => {
    await platform.db.clip.delete({ where: { id: seed.clipId } });
    expect(await left()).toEqual({ ...ALL, clips: 0, thumbnails: 0 });
  });

  test.each(['prompt', 'transcript', 'configuration'])('what was found with a %s', async (what) => {
    const { db } = platform;
    if (what === 'prompt') await db.prompt.delete({ where: { id: seed.promptId } });
    if (what === 'transcript') await db.transcript.delete({ where: { id: seed.transcriptId } });
    if (what === 'configuration') await db.generationConfig.delete({ where: { id: seed.configId } });
    const gone = { prompt: { prompts: 0 }, transcript: { transcripts: 0 } }[what];
    expect(await left()).toEqual({ ...ALL, ...gone, configs: 0, ...withoutMoment });
  });
});
