import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Entry, fromBufferPromise, fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl';
import { planZip, type ZipFileEntry, type ZipPlan } from '../../src/sheets/zip/zip-plan.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { bytesOf } from './support/read.ts';

const MADE_AT = new Date('2026-03-05T18:00:02Z');

const fileOf = (name: string, content: Buffer): ZipFileEntry => ({
  name,
  size: content.length,
  crc32: crc32(content),
  modifiedAt: MADE_AT,
  async *read(from, to) {
    for (let at = from; at < to; at += 1_000) yield content.subarray(at, Math.min(to, at + 1_000));
  },
});

/** Of a size that nobody keeps: each byte is zero, and no checksum is right. */
const hugeFile = (name: string, size: number): ZipFileEntry => ({
  name,
  size,
  crc32: 0,
  modifiedAt: MADE_AT,
  async *read(from, to) {
    for (let at = from; at < to; at += 2 ** 20) yield Buffer.alloc(Math.min(2 ** 20, to - at));
  },
});

const FILES = ['', 'x', 'film '.repeat(1_000)].map((text, index) =>
  fileOf(`Größe ${index}.mp4`, Buffer.from(text)),
);

test('an archive has its size ahead, and what reads archives reads it', async () => {
  const plan = planZip(FILES);
  const archive = await bytesOf(plan.read(0, plan.size));
  expect(archive).toHaveLength(plan.size);
  const zip = await fromBufferPromise(archive);
  const read: [string, string][] = [];
  for await (const entry of zip.eachEntry()) {
    expect(entry.getLastModDate({ timezone: 'UTC' })).toEqual(MADE_AT);
    read.push([entry.fileName, (await bytesOf(await zip.openReadStreamPromise(entry))).toString()]);
  }
  expect(read).toEqual([
    ['Größe 0.mp4', ''],
    ['Größe 1.mp4', 'x'],
    ['Größe 2.mp4', 'film '.repeat(1_000)],
  ]);
});

test('any range of an archive is that of the whole', async () => {
  const content = fc.uint8Array({ maxLength: 3_000 }).map((bytes) => Buffer.from(bytes));
  const property = fc.asyncProperty(
    fc.array(content, { maxLength: 6 }),
    fc.infiniteStream(fc.nat()),
    async (contents, numbers) => {
      const plan = planZip(contents.map((each, index) => fileOf(`${index}`, each)));
      const whole = await bytesOf(plan.read(0, plan.size));
      for (let count = 0; count < 10; count += 1) {
        const [from = 0, to = 0] = [numbers.next().value!, numbers.next().value!]
          .map((number) => number % (plan.size + 1))
          .toSorted((a, b) => a - b);
        expect((await bytesOf(plan.read(from, to))).equals(whole.subarray(from, to))).toBe(true);
      }
    },
  );
  await fc.assert(property, { numRuns: 100 });
});

/** An archive that is nowhere: what is asked for is made. */
class PlanReader extends RandomAccessReader {
  readonly #plan: ZipPlan;

  constructor(plan: ZipPlan) {
    super();
    this.#plan = plan;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#plan.read(start, end), { objectMode: false });
  }
}

test('files and places beyond 4 GiB are found', async () => {
  const last = fileOf('c', Buffer.from('the last'));
  const plan = planZip([hugeFile('a', 5e9), hugeFile('b', 2 ** 32 - 1), last]);
  const zip = await fromRandomAccessReaderPromise(new PlanReader(plan), plan.size, {
    lazyEntries: true,
    autoClose: false,
  });
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) entries.push(entry);
  expect(entries.map(({ fileName, uncompressedSize }) => [fileName, uncompressedSize])).toEqual([
    ['a', 5e9],
    ['b', 2 ** 32 - 1],
    ['c', 8],
  ]);
  expect((await bytesOf(await zip.openReadStreamPromise(entries[2]!))).toString()).toBe('the last');
});

test('there may be more files than 65,535', async () => {
  const many = planZip(Array.from({ length: 70_000 }, (_, index) => fileOf(`${index}`, Buffer.alloc(0))));
  const archive = await fromBufferPromise(await bytesOf(many.read(0, many.size)));
  expect(archive.entryCount).toBe(70_000);
});

test('an archive of 70,000 files is read to its end', { tags: 'long' }, async () => {
  const many = planZip(
    Array.from({ length: 70_000 }, (_, index) => fileOf(`${index}`, Buffer.from(`${index}`))),
  );
  const file = path.join(temporaryFolder('zip'), 'many.zip');
  writeFileSync(file, await bytesOf(many.read(0, many.size)));
  const test70000 =
    'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), len(z.namelist()))';
  expect(execFileSync('python3', ['-c', test70000, file]).toString()).toBe('None 70000\n');
});

test('a file that has changed since ends the archive, it never shifts it', async () => {
  for (const size of [2, 4]) {
    const plan = planZip([
      {
        ...fileOf('a', Buffer.from('abc')),
        async *read() {
          yield Buffer.alloc(size);
        },
      },
    ]);
    await expect(bytesOf(plan.read(0, plan.size))).rejects.toThrow('"a" is not of the size');
  }
});

const digestOf = (...files: ZipFileEntry[]) => planZip(files).digest;

test('the digest is that of the bytes', () => {
  const [one, two] = [fileOf('a', Buffer.from('1')), fileOf('b', Buffer.from('2'))];
  expect(digestOf(one, two)).toBe(digestOf(one, two));
  const others = [
    digestOf(two, one),
    digestOf(one),
    digestOf({ ...one, crc32: 1 }, two),
    digestOf({ ...one, modifiedAt: new Date(0) }, two),
  ];
  for (const other of others) expect(other).not.toBe(digestOf(one, two));
});
