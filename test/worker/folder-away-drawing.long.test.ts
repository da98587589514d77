/** The folder of the files goes while this machine draws and films itself, in whatever moment, and comes back. */
import { existsSync } from 'node:fs';
import { mkdir, rename, rmdir } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { generateFilm } from '../../src/features/pipelines/confirm/launch.ts';
import type { RunStage } from '../../src/generated/prisma/client.ts';
import { probe } from '../../src/media/read/probe.ts';
import { filesOf } from '../support/machine.ts';
import { runEnd } from '../support/run-end.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform({ workers: 2 });

const SCRIPT = `Scene 1: The bay
Night falls.
Narrator: The keeper climbs the stairs.`;

const CASES: { stage: RunStage; after: number; put: (place: string) => Promise<unknown> }[] = [
  { stage: 'KEYFRAMES', after: 300, put: async () => {} },
  { stage: 'CLIPS', after: 400, put: mkdir },
];

async function launch(): Promise<{ runId: string; projectId: string }> {
  const { project, run } = await generateFilm(platform.ctx, {
    prompt: SCRIPT,
    stopAfter: null,
    crossfadeSeconds: 0,
    idempotencyKey: null,
  });
  return { runId: run.id, projectId: project.id };
}

test.each(CASES)(
  '$after ms into $stage: nothing is made in its place, and the film is whole',
  { timeout: 120_000 },
  async ({ put, stage, after }) => {
    const { runId, projectId } = await launch();
    const { db, storage } = platform;
    const stageOf = async () => (await db.pipelineRun.findUniqueOrThrow({ where: { id: runId } })).stage;
    await expect.poll(stageOf, { timeout: 60_000, interval: 5 }).toBe(stage);
    await setTimeout(after);
    const place = filesOf(platform);
    await rename(place, `${place}.away`);
    await put(place);
    await setTimeout(3_000);
    // Fails where anything has come into its place.
    if (existsSync(place)) await rmdir(place);
    await rename(`${place}.away`, place);
    expect(await runEnd(platform.ctx, runId)).toMatchObject({ status: 'COMPLETED', errorMessage: null });
    const { filePath } = await db.video.findFirstOrThrow({ where: { projectId } });
    const film = await storage.withFiles([filePath], ([file = '']) => probe(file));
    expect(film.durationSeconds).toBeGreaterThan(2);
  },
);
