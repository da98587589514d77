/** The folder of the files goes while the process runs: what lies in its place is not the storage. */
import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DomainError } from '../../src/core/errors.ts';
import { keepPatiently } from '../../src/platform/storage/keep-patiently.ts';
import { openStorage } from '../../src/platform/storage/open-storage.ts';
import { StorageAway, StorageMissed } from '../../src/platform/storage/storage-away.ts';
import type { Storage } from '../../src/platform/storage/storage.ts';
import { ProviderError } from '../../src/providers/provider-error.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { keysOf, putFile } from './support/stored-files.ts';

const ABSENCES = [
  { what: 'nothing', put: async () => {}, why: 'the folder files is not there' },
  {
    what: 'an empty folder',
    put: (place: string) => mkdir(place),
    why: 'the folder files is another one than when this process started',
  },
];

describe.each(ABSENCES)('a storage in the place of whose folder is $what', ({ put, why }) => {
  const key = 'w/projects/p/frame.png';
  const reason = `The storage cannot be used: ${why}`;
  let dataDir: string;
  let storage: Storage;
  const place = () => path.join(dataDir, 'files');
  const takeAway = async () => {
    await rename(place(), `${place()}.away`);
    await put(place());
  };
  /** An empty folder, or none, gives way; one that holds something does not. */
  const bringBack = async () => {
    if (existsSync(place())) await rmdir(place());
    await rename(`${place()}.away`, place());
  };
  /** Work whose folder is back when it fails. */
  const failing = (words: string) =>
    storage.withTemporary('mp4', async () => {
      await takeAway();
      await bringBack();
      throw new DomainError('MEDIA_FAILED', words);
    });
  beforeEach(async () => {
    dataDir = temporaryFolder('storage');
    storage = await openStorage({ url: null, dataDir });
    await putFile(storage, key, 'paid for');
  });
  afterEach(async () => {
    await storage.close();
  });

  test('is away: nothing is gone, read, kept, listed, removed or begun, and no folder is made', async () => {
    await takeAway();
    const all: Promise<unknown>[] = [
      storage.withFiles([key], async () => 'used'),
      storage.size(key),
      storage.size('w/never.png'),
      putFile(storage, 'w/projects/p2/a.png', 'x'),
      keysOf(storage, ''),
      storage.remove('w/projects/p'),
      storage.shelf.put(`${place()}/any.png`, key),
      storage.shelf.find(key),
      storage.freeBytes(),
      storage.check(),
    ];
    for (const use of await Promise.allSettled(all)) {
      expect(use).toMatchObject({ status: 'rejected', reason: { message: reason } });
      expect(use).toHaveProperty('reason', expect.any(StorageAway));
    }
    await bringBack();
    await storage.check();
    expect(await keysOf(storage, '')).toEqual([key]);
  });

  test.each(['MEDIA_FAILED', 'ENOENT'])(
    'makes what fails of it with %s a matter of the storage',
    async (code) => {
      const working = storage.withTemporary('mp4', async (file) => {
        await takeAway();
        if (code === 'MEDIA_FAILED') throw new DomainError(code, 'Unable to re-open the film.');
        await writeFile(file, 'half');
      });
      await expect(working).rejects.toThrow(reason);
      await bringBack();
      const gone = storage.withFiles([key, 'w/gone.png'], async () => 'used');
      await expect(gone).rejects.toThrow('A file that is needed is gone');
    },
  );

  test('makes a failure of a provider of this machine for want of it a matter of the storage', async () => {
    const cause = new DomainError('MEDIA_FAILED', 'Cannot open.');
    const working = storage.withTemporary('mp4', async () => {
      await takeAway();
      throw new DomainError('PROVIDER_FAILED', cause.message, { cause });
    });
    await expect(working).rejects.toThrow(reason);
    await bringBack();
  });

  test('that is back already has work tried again whose words miss a file, and no other', async () => {
    await expect(failing('Unable to re-open it.')).rejects.toBeInstanceOf(StorageMissed);
    await expect(failing('Not a film.')).rejects.not.toBeInstanceOf(StorageMissed);
  });

  test('leaves what has a meaning of its own as it is, which may be money', async () => {
    const paid = new ProviderError('UNKNOWN', 'No answer came.');
    const working = storage.withFiles([key], async () => {
      await takeAway();
      throw paid;
    });
    await expect(working).rejects.toBe(paid);
    await bringBack();
  });

  test('has a finished file waited for, and kept when both are back', { tags: 'long' }, async () => {
    await storage.withTemporary('png', async (file) => {
      await writeFile(file, 'paid for too');
      await takeAway();
      const keeping = keepPatiently(storage, file, 'w/projects/p/end.png');
      await expect.poll(() => existsSync(file)).toBe(false);
      await bringBack();
      await keeping;
    });
    expect(await storage.size('w/projects/p/end.png')).toBe(12);
  });
});

test('a disk that numbers its files anew when it is mounted again is still the same', async () => {
  const dataDir = temporaryFolder('storage');
  const storage = await openStorage({ url: null, dataDir });
  await putFile(storage, 'w/a.png', 'x');
  const place = path.join(dataDir, 'files');
  await rename(place, `${place}.away`);
  await cp(`${place}.away`, place, { recursive: true });
  expect(await storage.size('w/a.png')).toBe(1);
  await storage.close();
});

test('what takes its place while folders are made is not taken for it, and left as empty as it was', async () => {
  const dataDir = temporaryFolder('storage');
  const storage = await openStorage({ url: null, dataDir });
  const place = path.join(dataDir, 'files');
  for (let round = 0; round < 150; round += 1) {
    const lent = () => storage.withTemporary('png', (file) => writeFile(file, 'half'));
    const all = [lent(), storage.freeBytes(), lent(), storage.shelf.put('/nowhere.png', `w/${round}.png`)];
    const working = Promise.allSettled([...all, putFile(storage, `w/${round}/a/b/c.png`, 'x')]);
    for (let turn = round % 15; turn > 0; turn -= 1) await new Promise(setImmediate);
    await rename(place, `${place}.away`);
    await mkdir(place);
    await working;
    await expect(storage.check()).rejects.toThrow('is another one than when this process started');
    await rmdir(place);
    await rename(`${place}.away`, place);
  }
  await storage.check();
  await storage.close();
});
