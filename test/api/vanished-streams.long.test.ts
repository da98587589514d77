import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** A network of one's own can be taken away. */
const APART = ['-rn'];
const canBeApart = spawnSync('unshare', [...APART, 'ip', 'link', 'set', 'lo', 'up']).status === 0;
const SCRIPT = fileURLToPath(new URL('support/vanish.child.ts', import.meta.url));

test.skipIf(!canBeApart)(
  '200 clients of Server-Sent Events whose network is gone are gone within 90 s',
  { timeout: 240_000 },
  async () => {
    const env = { ...process.env, TEST_DATABASE_URL: '' };
    const { stdout } = await promisify(execFile)('unshare', [...APART, process.execPath, SCRIPT], { env });
    const told = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { seconds: number };
    console.info(`200 vanished clients were gone after ${told.seconds.toFixed(0)} s.`);
    expect(told).toMatchObject({ before: 200, left: 0 });
    expect(told.seconds).toBeLessThan(90);
  },
);
