import { readFile, writeFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { startFauxqs } from 'fauxqs';
import { expect, test } from 'vitest';
import { keepPatiently } from '../../src/platform/storage/keep-patiently.ts';
import { openStorage } from '../../src/platform/storage/open-storage.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';

const start = async (port: number) => {
  const server = await startFauxqs({ port, host: '127.0.0.1', logger: false });
  server.createBucket('films');
  return server;
};

test(
  'a bucket that is away for a moment takes what is in hand once it is back',
  { tags: 'long' },
  async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'anybody', AWS_SECRET_ACCESS_KEY: 'hunter2' });
    const first = await start(0);
    const dataDir = temporaryFolder('bucket');
    const url = `s3://films/x?endpoint=http://127.0.0.1:${first.port}`;
    const storage = await openStorage({ url, dataDir });
    await first.stop();
    const kept = storage.withTemporary('png', async (file) => {
      await writeFile(file, 'paid for');
      const keeping = keepPatiently(storage, file, 'frames/1.png');
      let isOver = false;
      const over = keeping.finally(() => (isOver = true));
      // Long enough to have been refused.
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(isOver).toBe(false);
      expect(String(await readFile(file))).toBe('paid for');
      const second = await start(first.port);
      await over;
      return second;
    });
    const second = await kept;
    expect(String(await buffer(await storage.read('frames/1.png')))).toBe('paid for');
    await storage.close();
    await second.stop();
  },
);

/** A local disk that nobody may write to until it is let: permissions hold nothing back from root, who runs tests too. */
async function openRefusingDisk(dataDir: string) {
  const storage = await openStorage({ url: null, dataDir });
  const disk = { isWritable: false };
  const keep: typeof storage.keep = async (file, key) => {
    if (!disk.isWritable) throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    await storage.keep(file, key);
  };
  return { disk, storage: { ...storage, keep } };
}

test(
  'a disk on which nothing can be put for a moment takes what is in hand once it can',
  { tags: 'long' },
  async () => {
    const dataDir = temporaryFolder('disk');
    const { disk, storage } = await openRefusingDisk(dataDir);
    await storage.withTemporary('mp4', async (file) => {
      await writeFile(file, 'paid for');
      const keeping = keepPatiently(storage, file, 'clips/1.mp4');
      disk.isWritable = true;
      await keeping;
    });
    expect(String(await buffer(await storage.read('clips/1.mp4')))).toBe('paid for');
    await storage.close();
  },
);

test('where something else lies in its place, nothing is waited for', async () => {
  const dataDir = temporaryFolder('disk');
  const storage = await openStorage({ url: null, dataDir });
  await writeFile(storage.locationOf('clips'), 'A file where a folder should be.');
  await storage.withTemporary('mp4', async (file) => {
    await writeFile(file, 'made');
    await expect(keepPatiently(storage, file, 'clips/1.mp4')).rejects.toThrow(/EEXIST|ENOTDIR/);
  });
  await storage.close();
});

test('what stops the work stops the waiting, too', async () => {
  const dataDir = temporaryFolder('disk');
  const { storage } = await openRefusingDisk(dataDir);
  const stop = new AbortController();
  await storage.withTemporary('mp4', async (file) => {
    await writeFile(file, 'made anew');
    const keeping = keepPatiently(storage, file, 'clips/1.mp4', stop.signal);
    stop.abort();
    await expect(keeping).rejects.toThrow(/EACCES/);
  });
  await storage.close();
});
