import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { scopeOf } from '../../src/core/scopes.ts';
import { insertProject } from '../../src/features/projects/project.ts';
import { checkProjectInput } from '../../src/features/projects/project-input.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform();

let projectId: string;
let sceneId: string;
beforeEach(async () => {
  const input = checkProjectInput({ prompt: 'A film.' });
  ({ id: projectId } = await platform.db.$transaction((tx) => insertProject(tx, platform.ctx.actor, input)));
  sceneId = (await makeScene(0)).id;
});

const makeScene = (sceneIndex: number) =>
  platform.db.scene.create({
    data: {
      id: newId(),
      projectId,
      sceneIndex,
      sceneDescription: 'd',
      startFramePrompt: 's',
      endFramePrompt: 'e',
      videoMotionPrompt: 'm',
      transitionNotes: 't',
    },
  });

const makeFrame = (supersededAt: Date | null) =>
  platform.db.keyframe.create({
    data: {
      id: newId(),
      sceneId,
      position: 'END',
      promptUsed: 'p',
      filePath: 'f',
      mimeType: 'image/png',
      width: 1,
      height: 1,
      source: 'GENERATED',
      supersededAt,
    },
  });

const makeRun = (status: 'QUEUED' | 'COMPLETED') =>
  platform.db.pipelineRun.create({
    data: {
      id: newId(),
      workspaceId: platform.ctx.actor.workspaceId,
      kind: 'FILM',
      projectId,
      status,
      completedAt: status === 'COMPLETED' ? new Date() : null,
    },
  });

const makeReference = (name: string, sizeBytes = 1) =>
  platform.db.referenceImage.create({
    data: {
      id: newId(),
      projectId,
      name,
      kind: 'CHARACTER',
      filePath: 'f',
      width: 1,
      height: 1,
      sizeBytes,
      sha256: 's',
    },
  });

describe('the database itself refuses', () => {
  test('a reference image without a name, with the name of another, or without a file', async () => {
    await makeReference('Mara');
    await expect(makeReference('Mara')).rejects.toThrow('Unique constraint');
    await expect(makeReference('')).rejects.toThrow('reference_images_name');
    await expect(makeReference('A loaf', 0)).rejects.toThrow('reference_images_measures');
  });

  test('two scenes at one place in a film', () => expect(makeScene(0)).rejects.toThrow('Unique constraint'));

  test('a sixteenth scene', () => expect(makeScene(15)).rejects.toThrow('scenes_scene_index'));

  test('two current keyframes at one end of a scene, but not a superseded one', async () => {
    await makeFrame(null);
    await makeFrame(new Date());
    await expect(makeFrame(null)).rejects.toThrow('Unique constraint');
  });

  test('two live runs on one project, but not an ended one', async () => {
    await makeRun('QUEUED');
    await makeRun('COMPLETED');
    await expect(makeRun('QUEUED')).rejects.toThrow('Unique constraint');
  });

  test('a run that ended without an end', async () => {
    const { id } = await makeRun('QUEUED');
    await expect(
      platform.db.pipelineRun.update({ where: { id }, data: { status: 'FAILED' } }),
    ).rejects.toThrow('pipeline_runs_ended');
  });

  test('a complete clip without a file', async () => {
    const data = { id: newId(), sceneId, status: 'COMPLETE' as const };
    await expect(platform.db.videoClip.create({ data })).rejects.toThrow('video_clips_complete');
  });

  test.each([
    ['aspect ratio 4:3', { aspectRatio: '4:3' }, 'projects_aspect_ratio'],
    ['a clip of 0 seconds', { targetClipDuration: 0 }, 'projects_target_clip_duration'],
    ['an empty prompt', { prompt: '' }, 'projects_prompt'],
  ])('%s', async (_what, data, constraint) => {
    const update = platform.db.project.update({ where: { id: projectId }, data });
    await expect(update).rejects.toThrow(constraint);
  });
});

test('deleting a project takes its reference images, scenes, frames, clips and runs with it; its log and films stay', async () => {
  await makeFrame(null);
  const run = await makeRun('COMPLETED');
  await platform.db.video.create({
    data: {
      id: newId(),
      workspaceId: platform.ctx.actor.workspaceId,
      identifier: newId(),
      title: 'Film',
      filePath: 'f',
      origin: 'GENERATED',
      projectId,
      runId: run.id,
      durationSeconds: 1,
      fileSizeBytes: 1n,
      videoCodec: 'h264',
      width: 1,
      height: 1,
      frameRate: 24,
    },
  });
  await makeReference('Mara');
  await platform.db.project.delete({ where: { id: projectId } });
  expect(await platform.db.referenceImage.count({ where: { projectId } })).toBe(0);
  expect(await platform.db.scene.count({ where: { projectId } })).toBe(0);
  expect(await platform.db.keyframe.count({ where: { sceneId } })).toBe(0);
  expect(await platform.db.pipelineRun.count({ where: { projectId } })).toBe(0);
  expect(
    await platform.db.auditLog.count({ where: { scopes: { has: scopeOf('Project', projectId) } } }),
  ).toBeGreaterThan(0);
  expect(await platform.db.video.findFirst({ where: { title: 'Film' } })).toMatchObject({
    projectId: null,
    runId: null,
  });
});
