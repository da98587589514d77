import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCost } from '../../src/features/budget/balance.ts';
import { runScope } from '../../src/features/runs/run-subject.ts';
import { reserve } from '../../src/features/runs/engine/reserve.ts';
import { NotKept } from '../../src/features/budget/spend.ts';
import { keepDrawn } from '../../src/features/keyframes/unkept-frame.ts';
import { animatic } from '../../src/providers/animatic/index.ts';
import { installProvider } from '../../src/providers/registry.ts';
import { intentOf, meteredProvider, seedRun } from '../support/paid-project.ts';
import { seedFilm } from '../support/seed.ts';
import { useTestPlatform } from '../support/test-platform.ts';

beforeAll(() => {
  installProvider(meteredProvider);
});
const platform = useTestPlatform();
afterAll(() => {
  installProvider(animatic);
});

test('a frame that the storage does not take is on the shelf and booked, whatever comes of the process then', async () => {
  const { db, storage } = platform;
  const { sceneIds } = await seedFilm(platform.ctx);
  const scene = await db.scene.findUniqueOrThrow({ where: { id: sceneIds[0] ?? '' } });
  const run = await seedRun(platform.ctx);
  const purchase = await db.$transaction((tx) => reserve(tx, run, intentOf(scene.id, 5)));
  const filePath = `${run.workspaceId}/unkept.png`;
  const picture = {
    promptUsed: 'A hill.',
    mimeType: 'image/png',
    width: 16,
    height: 9,
    fitted: null,
  } as const;
  const drawn = { ...picture, filePath, purchase, usage: { IMAGE: 3 }, requestId: null };
  const full = { ...storage, keep: () => Promise.reject(new Error('No room.')) };

  await storage.withTemporary('png', async (file) => {
    await writeFile(file, 'a picture');
    const kept = keepDrawn(
      { db, storage: full, actor: platform.ctx.actor },
      { scene, position: 'END' },
      file,
      drawn,
    );
    await expect(kept).rejects.toBeInstanceOf(NotKept);
  });
  expect(await storage.shelf.find(filePath)).not.toBeNull();
  expect(await db.unkeptFrame.count({ where: { sceneId: scene.id, filePath } })).toBe(1);
  const cost = await readCost(db, runScope(run.id));
  expect(cost).toMatchObject({ settledMicroUsd: 3, reservedMicroUsd: 0, unknownMicroUsd: 0 });
  await storage.shelf.remove(filePath);
});
