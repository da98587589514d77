/** The script that a person with a key runs, against the server that stands for Google. */
import { spawnSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { startGoogleServer } from '../support/google-server/start.ts';

const smoke = (env: Record<string, string>) => {
  const { PATH = '' } = process.env;
  const options = { env: { PATH, ...env }, encoding: 'utf8', timeout: 120_000 } as const;
  return spawnSync(process.execPath, ['scripts/smoke-google.ts'], options);
};

test('makes a film of one scene for less than 50 cents', { timeout: 120_000 }, async () => {
  const server = await startGoogleServer();
  onTestFinished(() => server.stop());
  await server.settings({ operationMs: 0 });
  const { status, stdout, stderr } = smoke({
    ...server.environment('GEMINI'),
    VIDPIPE_GOOGLE_POLL_SECONDS: '1',
  });
  expect({ status, stdout, stderr }).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^One scene of 3 s by gemini-omni-1\.2-flash: at most \d\d cents\.$/m),
  });
  expect(stdout).toMatch(/^\/.+\/smoke\.mp4$/m);
  expect((await server.ledger()).map(({ kind }) => kind)).toEqual([
    'STORYBOARD',
    'KEYFRAME',
    'KEYFRAME',
    'CLIP',
  ]);
});

test('does not begin where it could cost more', () => {
  const { status, stderr } = smoke({
    GEMINI_API_KEY: 'AIza-one',
    VIDPIPE_GOOGLE_IMAGE_MODEL: 'gemini-3-pro-image',
    VIDPIPE_GOOGLE_RESOLUTION: '4k',
  });
  expect(status).toBe(2);
  expect(stderr).toContain('more than 50 cents');
});

test('says what it needs', () => {
  const { status, stderr } = smoke({});
  expect(status).toBe(2);
  expect(stderr).toContain('GEMINI_API_KEY');
});
