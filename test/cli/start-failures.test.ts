import { expect, test } from 'vitest';
import { startFailure } from '../../src/cli/server/start-failures.ts';
import { loadConfig } from '../../src/platform/config.ts';
import { openStorage } from '../../src/platform/storage/open-storage.ts';

/** What a person is told when the storage at an address cannot be opened. */
async function refusalOf(url: string): Promise<string> {
  const config = loadConfig({ VIDPIPE_STORAGE_URL: url });
  const error: unknown = await openStorage({ url, dataDir: config.dataDir }).catch((cause: unknown) => cause);
  return startFailure(error, config).message;
}

test('a storage server that nobody answers at is named with its setting and the way out', async () => {
  process.env['AWS_ACCESS_KEY_ID'] = 'somebody';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'hunter2';
  const message = await refusalOf('s3://films/2026?endpoint=http://127.0.0.1:1');
  expect(message).toMatch(/^VIDPIPE_STORAGE_URL: cannot use s3:\/\/films\/2026: .*ECONNREFUSED.*; mend the/);
  expect(message).not.toContain('hunter2');
});

test('a folder that cannot be made is named with its setting', async () => {
  expect(await refusalOf('file:///dev/null/films')).toMatch(
    /^VIDPIPE_STORAGE_URL: cannot use \/dev\/null\/films \(ENOTDIR\); choose a folder/,
  );
});
