import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '../../src/core/finding.ts';
import { type GoogleServerProcess, startGoogleServer } from '../support/google-server/start.ts';
import { newDataDir, runVidpipe } from '../support/vidpipe-process.ts';

let google: GoogleServerProcess;
beforeAll(async () => {
  google = await startGoogleServer();
});
afterAll(() => google.stop());

async function examine(env: Record<string, string>) {
  const { code, stdout } = await runVidpipe(['doctor', '--json'], {
    VIDPIPE_DATA_DIR: newDataDir(),
    ...env,
  });
  const findings = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Finding);
  return { code, states: Object.fromEntries(findings.map(({ name, state }) => [name, state])), findings };
}

const LOCAL = {
  node: 'OK',
  database: 'OK',
  files: 'OK',
  disk: expect.stringMatching(/^(OK|WARNING)$/),
  ffmpeg: 'OK',
  fonts: 'OK',
  google: 'OK',
};

test('without a key everything of the preview is there, and the way to Google is told', async () => {
  const { code, states, findings } = await examine({});
  expect({ code, states }).toEqual({ code: 0, states: LOCAL });
  expect(findings.at(-1)?.detail).toMatch(/^Not set up: GEMINI_API_KEY, or GOOGLE_GENAI_USE_VERTEXAI/);
});

test('a person gets a line for each', async () => {
  const { stdout } = await runVidpipe(['doctor'], { VIDPIPE_DATA_DIR: newDataDir() });
  expect(stdout).toMatch(/^ok {7}ffmpeg +\S+, in the package node-av\.$/m);
});

describe('of Google', () => {
  describe.each(['GEMINI', 'VERTEX'] as const)('on %s', (surface) => {
    const tags = surface === 'VERTEX' ? ['long' as const] : [];
    test('each model is looked at, and nothing bought', { tags }, async () => {
      const clip = surface === 'GEMINI' ? 'gemini-omni-1.2-flash' : 'veo-3.1-generate-001';
      expect(await examine(google.environment(surface))).toMatchObject({
        code: 0,
        states: {
          ...LOCAL,
          'gemini-3.8-flash': 'OK',
          'gemini-3-pro-image': 'OK',
          // It answers, past the day from which on it may be gone.
          [clip]: surface === 'GEMINI' ? 'OK' : 'WARNING',
        },
      });
      expect(await google.ledger()).toEqual([]);
    });
  });

  test('a wrong key is told for what it is, without the key', async () => {
    const key = 'AIza-a-wrong-key';
    const { code, findings } = await examine({ ...google.environment('GEMINI'), GEMINI_API_KEY: key });
    expect(code).toBe(1);
    expect(findings).toContainEqual({
      name: 'gemini-3.8-flash',
      state: 'PROBLEM',
      detail: expect.stringContaining('API key not valid'),
    });
    expect(JSON.stringify(findings)).not.toContain(key);
  });

  test('a dead model is told with the way out, and the others are looked at', { tags: 'long' }, async () => {
    await google.world({ deadModels: ['gemini-3-pro-image'] });
    const { code, findings, states } = await examine(google.environment('GEMINI'));
    await google.world({ deadModels: [] });
    expect({ code, states }).toMatchObject({ code: 1, states: { google: 'OK', 'gemini-3.8-flash': 'OK' } });
    expect(findings).toContainEqual({
      name: 'gemini-3-pro-image',
      state: 'PROBLEM',
      detail: expect.stringMatching(/not found.*Set VIDPIPE_GOOGLE_IMAGE_MODEL to another one/),
    });
    expect(await google.ledger()).toEqual([]);
  });

  test('settings that do not fit are told, and the rest is looked at all the same', async () => {
    const { code, states } = await examine({ GOOGLE_GENAI_USE_VERTEXAI: 'true' });
    expect({ code, states }).toMatchObject({ code: 1, states: { google: 'PROBLEM', fonts: 'OK' } });
  });
});

test('a database that does not answer is told with its setting', async () => {
  const { code, findings } = await examine({ DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' });
  expect(code).toBe(1);
  expect(findings).toContainEqual({
    name: 'database',
    state: 'PROBLEM',
    detail: expect.stringMatching(/^DATABASE_URL: .*start PostgreSQL or mend the address/),
  });
});
