/** Rows as a finished run leaves them, without running one: for tests of what is read. */
import { writeFile } from 'node:fs/promises';
import { newId } from '../../src/core/ids.ts';
import type { PrismaClient } from '../../src/generated/prisma/client.ts';
import { type Ctx, LOCAL_WORKSPACE_ID } from '../../src/platform/context.ts';

export type Seed = { projectId: string; sceneIds: string[]; runId: string; videoId: string };

type Options = { workspaceId?: string; title?: string; createdAt?: Date; sceneCount?: number };

/** A workspace of somebody else. */
export async function seedWorkspace(db: PrismaClient): Promise<string> {
  const id = newId();
  await db.workspace.create({ data: { id, name: `Somebody else, ${id}` } });
  return id;
}

/** A project without anything in it. */
export async function seedProject(db: PrismaClient, options: Options = {}): Promise<string> {
  const { workspaceId = LOCAL_WORKSPACE_ID, title = 'A title', createdAt = new Date() } = options;
  const { id } = await db.project.create({
    data: { id: newId(), workspaceId, title, prompt: 'A prompt.', createdAt },
  });
  return id;
}

/** A project with everything a film has; its files have their key as content. */
export async function seedFilm({ db, storage }: Ctx, options: Options = {}): Promise<Seed> {
  const { workspaceId = LOCAL_WORKSPACE_ID, sceneCount = 2 } = options;
  const projectId = await seedProject(db, options);
  const keep = async (name: string) => {
    const key = `${workspaceId}/projects/${projectId}/${name}`;
    return storage.withTemporary('txt', async (file) => {
      await writeFile(file, key);
      await storage.keep(file, key);
      return key;
    });
  };

  const sceneIds: string[] = [];
  for (let sceneIndex = 0; sceneIndex < sceneCount; sceneIndex += 1) {
    const id = newId();
    sceneIds.push(id);
    const words = {
      sceneDescription: `Scene ${sceneIndex + 1}.`,
      startFramePrompt: 'Start.',
      endFramePrompt: 'End.',
      videoMotionPrompt: 'Motion.',
      transitionNotes: 'Cut.',
    };
    await db.scene.create({ data: { id, projectId, sceneIndex, status: 'VIDEO_DONE', ...words } });
    for (const position of ['END', 'START'] as const) {
      await db.keyframe.create({
        data: {
          id: newId(),
          sceneId: id,
          position,
          promptUsed: `${position}.`,
          filePath: await keep(`${sceneIndex}-${position}.png`),
          mimeType: 'image/png',
          width: 1280,
          height: 720,
          source: 'GENERATED',
        },
      });
    }
    const clip = {
      sceneId: id,
      status: 'COMPLETE' as const,
      durationSeconds: 4,
      localPath: await keep(`${sceneIndex}.mp4`),
    };
    await db.videoClip.create({ data: { id: newId(), ...clip, supersededAt: new Date() } });
    await db.videoClip.create({ data: { id: newId(), ...clip } });
  }

  const runId = newId();
  await db.pipelineRun.create({
    data: {
      id: runId,
      workspaceId,
      projectId,
      kind: 'FILM',
      status: 'COMPLETED',
      stage: 'STITCH',
      percent: 100,
      startedAt: new Date(),
      completedAt: new Date(),
      totalDurationSeconds: 1,
    },
  });
  // What a trigger makes of entries, in one row: more than 32 bits hold.
  await db.ledgerBalance.create({ data: { scope: `run:${runId}`, settledMicroUsd: 2n ** 40n } });
  const videoId = newId();
  await db.video.create({
    data: {
      id: videoId,
      workspaceId,
      projectId,
      runId,
      identifier: videoId,
      title: 'A film',
      filePath: await keep('film.mp4'),
      posterPath: await keep('poster.jpg'),
      origin: 'GENERATED',
      durationSeconds: 8,
      fileSizeBytes: 2n ** 33n,
      videoCodec: 'h264',
      width: 1280,
      height: 720,
      frameRate: 24,
      chapters: [{ title: 'One', startSeconds: 0, endSeconds: 4 }],
    },
  });
  return { projectId, sceneIds, runId, videoId };
}
