import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type S3Server, startS3Server } from '../support/s3-server.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';

let dataDir: string;
let s3: S3Server;
beforeAll(async () => {
  dataDir = temporaryFolder('clouds');
  s3 = await startS3Server();
});
afterAll(async () => {
  await s3.remove();
});

/** Opens a storage in a process of its own. */
async function open(url: string | null, env: NodeJS.ProcessEnv = {}) {
  const args = ['test/platform/support/loaded-clouds.child.ts', dataDir, ...(url === null ? [] : [url])];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env } });
  return JSON.parse(stdout) as { loaded: string[]; film: string };
}

test('who keeps files in a directory loads no client of a cloud', async () => {
  expect(await open(null)).toEqual({ loaded: [], film: `${dataDir}/files/w/film.mp4` });
});

test('an s3 address loads the client of Amazon alone', async () => {
  expect(await open(s3.urlOf('folder'))).toEqual({
    loaded: ['@aws-sdk/client-s3'],
    film: 's3://films/folder/w/film.mp4',
  });
});

test('a gs address loads the client of Google alone, which asks for the bucket by name', async () => {
  const asked: (string | undefined)[] = [];
  // Stands for Google's cloud, which cannot be reached from here; it knows no more than an empty listing.
  const cloud = createServer((request, response) => {
    asked.push(request.url);
    response.setHeader('Content-Type', 'application/json').end('{"kind":"storage#objects","items":[]}');
  });
  await new Promise<void>((resolve) => cloud.listen(0, '127.0.0.1', resolve));
  const { port } = cloud.address() as AddressInfo;
  const env = { STORAGE_EMULATOR_HOST: `http://127.0.0.1:${port}` };
  expect(await open('gs://films/folder', env)).toEqual({
    loaded: ['@google-cloud/storage'],
    film: 'gs://films/folder/w/film.mp4',
  });
  expect(asked).toEqual([expect.stringMatching(/\/b\/films\/o\?.*prefix=folder%2F/)]);
  cloud.close();
});
