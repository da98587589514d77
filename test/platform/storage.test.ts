import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStorage } from '../../src/platform/storage/open-storage.ts';
import { StorageAway } from '../../src/platform/storage/storage-away.ts';
import type { Storage } from '../../src/platform/storage/storage.ts';
import { useS3Server } from '../support/s3-server.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { filesOf, keysOf, putFile } from './support/stored-files.ts';

const server = useS3Server();

const PLACES = [
  { place: 'a local directory', work: 'files/.temporary', urlOf: () => null },
  { place: 'an S3-compatible server', work: 'work', urlOf: (name: string) => server.urlOf(name) },
];

describe.each(PLACES)('in $place', ({ work, urlOf }) => {
  let dataDir: string;
  let url: string | null;
  let storage: Storage;
  beforeEach(async () => {
    dataDir = temporaryFolder('storage');
    url = urlOf(path.basename(dataDir));
    storage = await openStorage({ url, dataDir });
  });
  afterEach(async () => {
    await storage.close();
  });

  const put = (key: string, content: string | Uint8Array) => putFile(storage, key, content);
  const lent = (key: string) => storage.withFiles([key], async ([file = '']) => readFile(file, 'utf8'));
  const keysBelow = (prefix: string) => keysOf(storage, prefix);
  const workInProgress = async () => {
    const names = await readdir(path.join(dataDir, work), { recursive: true });
    const files = names.map((name) => path.basename(name)).filter((name) => name.includes('.'));
    return files.filter((name) => name !== 'lock.json');
  };

  test('a kept file is at its key, and nothing is left beside it', async () => {
    await put('w/projects/p/clip.txt', 'film');
    expect(await lent('w/projects/p/clip.txt')).toBe('film');
    expect(await storage.size('w/projects/p/clip.txt')).toBe(4);
    expect(await workInProgress()).toEqual([]);
  });

  test('a step that is repeated takes the place of its own file', async () => {
    await put('w/projects/p/clip.txt', 'half');
    const before = await storage.stat('w/projects/p/clip.txt');
    await put('w/projects/p/clip.txt', 'whole');
    expect(await lent('w/projects/p/clip.txt')).toBe('whole');
    expect(await keysBelow('w')).toEqual(['w/projects/p/clip.txt']);
    expect((await storage.stat('w/projects/p/clip.txt'))?.etag).not.toBe(before?.etag);
  });

  test('work that fails leaves no file', async () => {
    const failing = storage.withTemporary('txt', async (file) => {
      await writeFile(file, 'half');
      throw new Error('disk full');
    });
    await expect(failing).rejects.toThrow('disk full');
    expect(await workInProgress()).toEqual([]);
  });

  test('files are lent in the order of their keys, with their extensions, and no copy stays', async () => {
    await put('w/a.png', 'first');
    await put('w/b.mp4', 'second');
    const paths = await storage.withFiles(['w/b.mp4', 'w/a.png', 'w/b.mp4'], async (files) => {
      expect(await Promise.all(files.map((file) => readFile(file, 'utf8')))).toEqual([
        'second',
        'first',
        'second',
      ]);
      return files;
    });
    expect(paths.map((file) => path.extname(file))).toEqual(['.mp4', '.png', '.mp4']);
    expect(await workInProgress()).toEqual([]);
    expect(await lent('w/a.png')).toBe('first');
  });

  test('a file that is gone is named, and no further try is worth it', async () => {
    await put('w/a.png', 'there');
    const use = storage.withFiles(['w/a.png', 'w/gone.png'], async () => 'used');
    await expect(use).rejects.toMatchObject({ code: 'MEDIA_FAILED', message: /w\/gone\.png is gone/ });
    expect(await workInProgress()).toEqual([]);
    expect(await storage.size('w/gone.png')).toBeNull();
    expect(await storage.stat('w')).toBeNull();
  });

  test('it is read whole or in part, as long as it may be', async () => {
    const long = Buffer.from(Array.from({ length: 6_000_000 }, (_, index) => index % 251));
    await put('w/long.bin', long);
    expect((await buffer(await storage.read('w/long.bin'))).equals(long)).toBe(true);
    const part = await buffer(await storage.read('w/long.bin', { start: 5_242_879, end: 5_242_890 }));
    expect([...part]).toEqual([...long.subarray(5_242_879, 5_242_891)]);
    await put('w/empty.txt', '');
    expect(await text(await storage.read('w/empty.txt'))).toBe('');
  });

  test('a listing tells size and time of what is below a prefix, and no work in progress', async () => {
    await put('w/projects/p/a.txt', 'one');
    await put('w/projects/p/frames/b.txt', 'three');
    await put('w/projects/p2/c.txt', 'x');
    await storage.withTemporary('txt', async (file) => {
      await writeFile(file, 'half');
      expect(await keysBelow('')).toEqual([
        'w/projects/p/a.txt',
        'w/projects/p/frames/b.txt',
        'w/projects/p2/c.txt',
      ]);
    });
    const [first] = await filesOf(storage, 'w/projects/p/frames');
    expect(first).toMatchObject({ key: 'w/projects/p/frames/b.txt', sizeBytes: 5 });
    expect(Math.abs(Date.now() - (first?.modifiedAt.getTime() ?? 0))).toBeLessThan(5_000);
    expect(await keysBelow('w/nothing')).toEqual([]);
  });

  test('removing files removes nothing beside or below them; removing what is absent, or nothing, is fine', async () => {
    for (const key of ['w/files/a.txt', 'w/files/a.txt.png', 'w/files/b.txt']) await put(key, 'x');
    await storage.remove('w/files/a.txt', 'w/files/none.txt');
    await storage.remove();
    expect(await keysBelow('')).toEqual(['w/files/a.txt.png', 'w/files/b.txt']);
    await storage.remove('w/files/a.txt.png', 'w/files/b.txt');
    expect(await keysBelow('')).toEqual([]);
  });

  test.each(['../outside', 'a/../../outside', '/etc/passwd', '', 'a//b', '.temporary/x', 'a\\..\\b', 'a\0'])(
    '%j is no key',
    async (key) => {
      const refused = /is not a storage key/;
      expect(() => storage.locationOf(key)).toThrow(refused);
      await expect((async () => storage.remove(key))()).rejects.toThrow(refused);
      await expect((async () => storage.withFiles([key], async () => 'used'))()).rejects.toThrow(refused);
    },
  );

  test('what a killed process left is removed at the next start, what is being written stays', async () => {
    const child = spawn(process.execPath, [
      'test/platform/support/hold-work.child.ts',
      dataDir,
      ...(url === null ? [] : [url]),
    ]);
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const itsFile = line.toString().trim();

    await storage.withTemporary('txt', async (ours) => {
      await writeFile(ours, 'half');
      await (await openStorage({ url, dataDir })).close();
      expect([existsSync(ours), existsSync(itsFile)]).toEqual([true, true]);

      child.kill('SIGKILL');
      await once(child, 'close');
      await (await openStorage({ url, dataDir })).close();
      expect([existsSync(ours), existsSync(path.dirname(itsFile))]).toEqual([true, false]);
    });
  });

  test('it tells where a file is', () => {
    const place = url === null ? path.join(dataDir, 'files') : `s3://films/${path.basename(dataDir)}`;
    expect(storage.locationOf('w/film.mp4')).toBe(`${place}/w/film.mp4`);
  });
});

describe('a file in the place of a folder', () => {
  let dataDir: string;
  let storage: Storage;
  beforeEach(async () => {
    dataDir = temporaryFolder('storage');
    storage = await openStorage({ url: null, dataDir });
    await putFile(storage, 'w/projects/p/frame.png', 'paid for');
  });
  afterEach(async () => {
    await storage.close();
  });

  /** Puts one there while `work` goes on; the folder comes back afterwards. */
  async function replaced<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
    const place = path.join(dataDir, folder);
    await rename(place, `${place}-elsewhere`);
    await writeFile(place, '');
    try {
      return await work();
    } finally {
      await rm(place);
      await rename(`${place}-elsewhere`, place);
    }
  }

  const key = 'w/projects/p/frame.png';
  const uses: [string, () => Promise<unknown>][] = [
    ['lent', () => storage.withFiles([key], async () => 'used')],
    ['measured', () => storage.size(key)],
  ];

  test.each(uses)(
    'hides a file that is below it: what is to be %s is away, and not gone',
    async (_how, use) => {
      await replaced('files/w/projects', async () => {
        await expect(use()).rejects.toBeInstanceOf(StorageAway);
        await expect(use()).rejects.toThrow(/ENOTDIR: a file lies where the folder projects has to be/);
      });
      await expect(use()).resolves.toBeTruthy();
    },
  );

  test('refuses what is to be kept below it, in words that name it', async () => {
    const keeping = replaced('files/w/projects', () => putFile(storage, 'w/projects/p2/a.png', 'x'));
    await expect(keeping).rejects.toMatchObject({
      code: 'ENOTDIR',
      message: /the folder projects has to be/,
    });
  });

  test('makes the storage unusable where it is the storage’s own: nothing is read, kept, listed, removed or begun', async () => {
    await replaced('files', async () => {
      const all: Promise<unknown>[] = [
        ...uses.map(([, use]) => use()),
        putFile(storage, 'w/projects/p2/a.png', 'x'),
        keysOf(storage, ''),
        storage.remove('w/projects/p'),
        storage.freeBytes(),
        storage.check(),
      ];
      for (const use of await Promise.allSettled(all))
        expect(use).toMatchObject({
          status: 'rejected',
          reason: {
            message: expect.stringContaining('a file lies where the folder files has to be') as string,
          },
        });
    });
    expect(await keysOf(storage, '')).toEqual([key]);
  });

  test('is none where the file is one of ours: below it there never was anything', async () => {
    expect(await storage.size(`${key}/more.png`)).toBeNull();
  });
});

test('a folder of its own may be anywhere', async () => {
  const dataDir = temporaryFolder('storage');
  const storage = await openStorage({ url: `file://${dataDir}/else%20where`, dataDir });
  expect(storage.locationOf('w/film.mp4')).toBe(`${dataDir}/else where/w/film.mp4`);
  await storage.close();
});

test('more files than S3 lists at once are all listed and all removed', { tags: 'long' }, async () => {
  const dataDir = temporaryFolder('storage');
  const storage = await openStorage({ url: server.urlOf('many'), dataDir });
  const keys = Array.from({ length: 1_005 }, (_, index) => `w/${String(index).padStart(4, '0')}.txt`);
  for (let start = 0; start < keys.length; start += 50) {
    const some = keys.slice(start, start + 50);
    await Promise.all(some.map((key) => putFile(storage, key, 'x')));
  }
  expect(await keysOf(storage, 'w')).toEqual(keys);
  await storage.remove(...keys);
  expect(await keysOf(storage, '')).toEqual([]);
  await storage.close();
});

test('a bucket that is not there stops the start by name', async () => {
  const url = server.urlOf('folder').replace('films', 'no-such-bucket');
  await expect(openStorage({ url, dataDir: '/nowhere' })).rejects.toMatchObject({
    name: 'StorageUnreachableError',
    message: expect.stringMatching(/^cannot use s3:\/\/no-such-bucket\/folder: .*bucket does not exist/),
  });
});
