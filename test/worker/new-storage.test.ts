import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { warnOfNewStorage } from '../../src/features/assets/new-storage.ts';
import { openLocalStorage } from '../../src/platform/storage/local-storage.ts';
import { seedFilm } from '../support/seed.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform();

async function warnings(directory: string): Promise<number> {
  const storage = await openLocalStorage(directory);
  const log = { warn: vi.fn<() => void>() };
  await warnOfNewStorage({ db: platform.db, storage }, log);
  await storage.close();
  return log.warn.mock.calls.length;
}

test('an empty folder beside a database that names files is warned of; a first start, and a folder of ours, are not', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'vidpipe-new-storage-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  expect(await warnings(path.join(directory, 'first'))).toBe(0);
  await seedFilm(platform.ctx, {});
  expect(await warnings(path.join(directory, 'first'))).toBe(0);
  expect(await warnings(path.join(directory, 'another'))).toBe(1);
});
