/** Revisions of frames and clips: who counts, in which order, and what is told. */
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { scopeOf } from '../../src/core/scopes.ts';
import { insertKeyframe } from '../../src/features/keyframes/keyframe.ts';
import { supersedeFrame, supersedeFrames } from '../../src/features/keyframes/supersede-frame.ts';
import type { Why } from '../../src/features/revisions/supersede.ts';
import { supersedeVideoClip } from '../../src/features/video-clips/supersede-video-clip.ts';
import { planVideoClip } from '../../src/features/video-clips/video-clip.ts';
import type { Scene } from '../../src/generated/prisma/client.ts';
import type { Tx } from '../../src/platform/database/database.ts';
import { seedFilm, seedProject } from '../support/seed.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform();
const WHY: Why = { because: 'RETRIED', reason: 'The scene is made again.' };

let scene: Scene;
beforeEach(async () => {
  scene = await makeScene();
});

async function makeScene(): Promise<Scene> {
  const words = {
    sceneDescription: 'A',
    startFramePrompt: 'B',
    endFramePrompt: 'C',
    videoMotionPrompt: 'D',
    transitionNotes: 'E',
  };
  const projectId = await seedProject(platform.db);
  return platform.db.scene.create({ data: { ...words, id: newId(), projectId, sceneIndex: 2 } });
}

const within = <Result>(work: (tx: Tx) => Promise<Result>) => platform.db.$transaction(work);
const actor = () => platform.ctx.actor;
const run = () => ({ id: newId() });

const drawEnd = (at = scene) =>
  within((tx) =>
    insertKeyframe(
      tx,
      actor(),
      { projectId: at.projectId, runId: newId(), sceneIndex: at.sceneIndex, fitted: null },
      {
        sceneId: at.id,
        position: 'END',
        promptUsed: 'p',
        filePath: 'f',
        mimeType: 'image/png',
        width: 1,
        height: 1,
        source: 'GENERATED',
      },
    ),
  );
const planClip = (at = scene) => within((tx) => planVideoClip(tx, actor(), run(), at));

const framesOf = (sceneId: string) =>
  platform.db.keyframe.findMany({ where: { sceneId }, orderBy: { revision: 'asc' } });
const clipsOf = (sceneId: string) =>
  platform.db.videoClip.findMany({ where: { sceneId }, orderBy: { revision: 'asc' } });

test('a clip that is superseded stays with its reason, its version goes up, and everybody hears of it', async () => {
  const clip = await planClip();
  await within((tx) => supersedeVideoClip(tx, actor(), null, scene, clip, WHY));
  const [row] = await clipsOf(scene.id);
  expect(row).toEqual({
    ...clip,
    supersededAt: expect.any(Date) as Date,
    supersededBecause: 'RETRIED',
    supersededReason: WHY.reason,
    version: clip.version + 1,
  });
  const told = await platform.db.auditLog.findMany({
    where: { subjectId: clip.id },
    orderBy: { sequence: 'asc' },
  });
  expect(told.at(-1)).toMatchObject({
    subjectType: 'VideoClip',
    scopes: [scopeOf('Project', scene.projectId)],
    version: clip.version + 1,
    message: 'Scene 3: clip 1 does not count any more: The scene is made again.',
    details: { superseded: 'RETRIED', revision: 1 },
  });
  await within((tx) => supersedeVideoClip(tx, actor(), null, scene, clip, { ...WHY, because: 'REFUSED' }));
  expect(await clipsOf(scene.id)).toEqual([row]);
});

test('so does a frame, and the one after it says which it replaces', async () => {
  await drawEnd();
  await within((tx) => supersedeFrames(tx, actor(), null, scene, ['START', 'END'], WHY));
  await drawEnd();
  const [first, second] = await framesOf(scene.id);
  expect(first).toMatchObject({ revision: 1, replacesId: null, supersededBecause: 'RETRIED', version: 1 });
  expect(second).toMatchObject({ revision: 2, replacesId: first?.id, supersededAt: null, version: 0 });
  const told = await platform.db.auditLog.findMany({ where: { subjectId: first?.id ?? '' } });
  expect(told).toHaveLength(2);
});

test('clips that are planned at once have numbers of their own', async () => {
  const data = () => ({ id: newId(), sceneId: scene.id, supersededAt: new Date() });
  await Promise.all(Array.from({ length: 8 }, () => platform.db.videoClip.create({ data: data() })));
  const clips = await clipsOf(scene.id);
  expect(clips.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(clips.slice(1).map(({ replacesId }) => replacesId)).toEqual(clips.slice(0, -1).map(({ id }) => id));
});

test('the database refuses two of one number, and a reason for what counts', async () => {
  const clip = await planClip();
  const twin = { id: newId(), sceneId: scene.id, revision: clip.revision, supersededAt: new Date() };
  await expect(platform.db.videoClip.create({ data: twin })).rejects.toThrow('Unique constraint');
  const reasoned = { where: { id: clip.id }, data: { supersededReason: 'None.' } };
  await expect(platform.db.videoClip.update(reasoned)).rejects.toThrow('video_clips_superseded');
});

/** Both at once: whether each went through. */
async function makeBoth(at: Scene): Promise<boolean[]> {
  const made = await Promise.allSettled([planClip(at), drawEnd(at)]);
  return made.map(({ status }) => status === 'fulfilled');
}

async function supersedeBoth(at: Scene): Promise<boolean[]> {
  for (const clip of await clipsOf(at.id))
    await within((tx) => supersedeVideoClip(tx, actor(), null, at, clip, WHY));
  for (const frame of await framesOf(at.id))
    await within((tx) => supersedeFrame(tx, actor(), null, at, frame, WHY));
  return [true, true];
}

const areSuperseded = (rows: { supersededAt: Date | null }[]) =>
  rows.every(({ supersededAt }) => supersededAt !== null);

test('whatever happens to a scene, the current one is its highest revision or there is none', async () => {
  const deeds = fc.array(fc.constantFrom('make', 'supersede'), { maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(deeds, async (done) => {
      const at = await makeScene();
      for (const deed of done) {
        const before = [await clipsOf(at.id), await framesOf(at.id)];
        const went = deed === 'make' ? await makeBoth(at) : await supersedeBoth(at);
        // A second current one is refused, and takes no number with it.
        expect(went).toEqual(before.map((rows) => deed === 'supersede' || areSuperseded(rows)));
        for (const rows of [await clipsOf(at.id), await framesOf(at.id)]) {
          expect(rows.map(({ revision }) => revision)).toEqual(rows.map((_row, index) => index + 1));
          expect(areSuperseded(rows.slice(0, -1))).toBe(true);
        }
      }
    }),
    { numRuns: 4 },
  );
});

test('deleting a project takes all revisions with it', async () => {
  const { projectId, sceneIds } = await seedFilm(platform.ctx);
  await platform.db.project.delete({ where: { id: projectId } });
  expect(await platform.db.videoClip.count({ where: { sceneId: { in: sceneIds } } })).toBe(0);
});
