import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { warnOfNewStorage } from '../../src/features/upkeep/new-storage.ts';
import { openLocalStorage } from '../../src/platform/storage/local-storage.ts';
import { putFile } from '../platform/support/stored-files.ts';
import { seedFilm } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform();

/** Starts with a folder, keeps a file in it if asked, and stops. @returns how many warnings it gave. */
async function start(folder: string, { keeps = false } = {}): Promise<number> {
  const storage = await openLocalStorage(folder);
  const log = { warn: vi.fn<() => void>() };
  await warnOfNewStorage({ db: platform.db, storage }, log);
  if (keeps) await putFile(storage, 'w/a.png', 'x');
  await storage.close();
  return log.warn.mock.calls.length;
}

test('a start with an empty folder beside a database that names files is warned of, each time', async () => {
  const directory = temporaryFolder('new-storage');
  const [own, another] = [path.join(directory, 'own'), path.join(directory, 'another')];
  expect(await start(own, { keeps: true })).toBe(0);
  await seedFilm(platform.ctx);
  expect(await start(own)).toBe(0);
  expect([await start(another), await start(another)]).toEqual([1, 1]);
});
