import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { generateFilm } from '../../src/features/pipelines/confirm/launch.ts';
import { deleteProject } from '../../src/features/projects/project.ts';
import { probe } from '../../src/media/read/probe.ts';
import { openStorage } from '../../src/platform/storage/open-storage.ts';
import { runEnd } from '../support/run-end.ts';
import { useS3Server } from '../support/s3-server.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const server = useS3Server();
const platform = useTestPlatform(() => ({ workers: 2, storageUrl: server.urlOf('shared') }));

async function keys(): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of platform.storage.list('')) found.push(key);
  return found.toSorted();
}

test(
  'a film is made with every file on an S3-compatible server, where another machine finds it',
  { tags: 'long' },
  async () => {
    const { project, run } = await generateFilm(platform.ctx, {
      prompt: 'A lighthouse wakes at dusk. A ship finds its way home.',
      targetClipDuration: 1,
      targetDuration: 2,
      stopAfter: null,
      crossfadeSeconds: 0,
      idempotencyKey: null,
    });
    expect(await runEnd(platform.ctx, run.id)).toMatchObject({ status: 'COMPLETED' });
    const frames = await platform.db.keyframe.findMany({ where: { scene: { projectId: project.id } } });
    const clips = await platform.db.videoClip.findMany({ where: { scene: { projectId: project.id } } });
    const [film] = await platform.db.video.findMany({ where: { projectId: project.id } });
    const named = [
      ...frames.map(({ filePath }) => filePath),
      ...clips.map(({ localPath }) => localPath),
      film?.filePath,
      film?.posterPath,
    ].flatMap((key) => key ?? []);
    expect(await keys()).toEqual([...new Set(named)].toSorted());

    const dataDir = temporaryFolder('elsewhere');
    const elsewhere = await openStorage({ url: server.urlOf('shared'), dataDir });
    expect(existsSync(path.join(dataDir, 'files'))).toBe(false);
    await elsewhere.withFiles(
      [film?.filePath ?? '', film?.posterPath ?? ''],
      async ([movie = '', poster = '']) => {
        expect((await probe(movie)).durationSeconds).toBeCloseTo(2, 1);
        expect((await readFile(poster)).subarray(0, 2).toString('hex')).toBe('ffd8');
      },
    );
    await elsewhere.close();

    await deleteProject(platform.ctx, { projectId: project.id, deleteFilms: true });
    expect(await keys()).toEqual([]);
  },
);
