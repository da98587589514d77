import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { fileKeys } from '../../src/features/assets/file-keys.ts';
import { stitchStep } from '../../src/features/videos/film.jobs.ts';
import { keyframeStep } from '../../src/features/keyframes/keyframe.jobs.ts';
import { generateFilm } from '../../src/features/pipelines/confirm/launch.ts';
import type { AnyStep } from '../../src/features/runs/engine/step.ts';
import type { PipelineRun, Prisma } from '../../src/generated/prisma/client.ts';
import { runEnd } from '../support/run-end.ts';
import { useTestPlatform } from '../support/test-platform.ts';

let projectId: string;
let workspaceId: string;
const platform = useTestPlatform({ workers: 2 });
beforeAll(async () => {
  const { project, run } = await generateFilm(platform.ctx, {
    prompt: 'A lighthouse wakes at dusk.',
    targetClipDuration: 1,
    targetDuration: 1,
    stopAfter: 'CLIPS',
    crossfadeSeconds: 0,
    idempotencyKey: null,
  });
  await runEnd(platform.ctx, run.id);
  ({ id: projectId, workspaceId } = project);
});

const { signal } = new AbortController();

/** A run that no worker knows of: the test does its steps by hand, and dies where it likes. */
const makeRun = (kind: PipelineRun['kind']) => {
  const ended = { status: 'FAILED', completedAt: new Date() } as const;
  return platform.db.pipelineRun.create({ data: { id: newId(), workspaceId, projectId, kind, ...ended } });
};

const stepByHand = (step: AnyStep, run: PipelineRun, input: Prisma.InputJsonObject) => ({
  begin: () => platform.db.$transaction((tx) => step.begin(tx, platform.ctx, run, input)),
  work: (prepared: unknown) => step.work(platform.ctx, prepared, signal, () => {}),
  finish: (output: unknown) =>
    platform.db.$transaction((tx) => step.finish(tx, platform.ctx, run, input, output)),
});

const folder = () => `${workspaceId}/files`;

async function filesBelow(prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of platform.storage.list(prefix)) keys.push(key);
  return keys.toSorted();
}

test('a frame that is drawn again after a crash takes the place of its own file, a newer frame does not', async () => {
  const { id: sceneId } = await platform.db.scene.findFirstOrThrow({ where: { projectId } });
  const before = await filesBelow(folder());
  const frames = await platform.db.keyframe.findMany({ where: { sceneId }, orderBy: { position: 'asc' } });
  const start = frames[0]?.filePath ?? '';
  expect(before).toEqual(expect.arrayContaining(frames.map(({ filePath }) => filePath)));
  const first = await platform.storage.stat(start);

  // Somebody wants another first frame.
  await platform.db.keyframe.updateMany({
    where: { sceneId, position: 'START' },
    data: { supersededAt: new Date() },
  });
  await platform.db.scene.update({ where: { id: sceneId }, data: { status: 'PENDING' } });
  const newer = (await fileKeys(platform.db)).keyOf(workspaceId, `keyframe:${sceneId}:START:1`, 'png');
  const step = stepByHand(keyframeStep, await makeRun('FILM'), { sceneId, position: 'START' });
  await step.work(await step.begin());
  const again = await step.begin();
  const drawn = await step.work(again);
  expect(await filesBelow(folder())).toEqual([...before, newer].toSorted());
  expect(await platform.storage.stat(start)).toEqual(first);

  await step.finish(drawn);
  const kept = await platform.storage.stat(newer);
  await expect(step.work(again)).rejects.toThrow('Another worker has drawn this frame meanwhile.');
  expect(await platform.storage.stat(newer)).toEqual(kept);
});

test(
  'a film that is stitched again after a crash takes the place of its own file, another film does not',
  { tags: 'long' },
  async () => {
    const before = await filesBelow(folder());
    const { keyOf } = await fileKeys(platform.db);
    const filmOf = ({ id }: PipelineRun, ending = 'mp4') => keyOf(workspaceId, `video:${id}`, ending);
    const runs = [await makeRun('STITCH'), await makeRun('STITCH')];
    for (const run of runs) {
      const step = stepByHand(stitchStep, run, { projectId });
      await step.work(await step.begin());
      const again = await step.begin();
      await step.finish(await step.work(again));
      const kept = await platform.storage.stat(filmOf(run));
      await expect(step.work(again)).rejects.toThrow('Another worker has stitched this film meanwhile.');
      expect(await platform.storage.stat(filmOf(run))).toEqual(kept);
    }
    const files = runs.flatMap((run) => [filmOf(run, 'jpg'), filmOf(run)]);
    expect(await filesBelow(folder())).toEqual([...before, ...files].toSorted());
    const films = await platform.db.video.findMany({ where: { projectId }, orderBy: { createdAt: 'asc' } });
    expect(films.map(({ filePath }) => filePath)).toEqual(runs.map((run) => filmOf(run)));
  },
);
