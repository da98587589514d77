import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newDataDir, runVidpipe, serveVidpipe } from '../support/vidpipe-process.ts';

let server: Awaited<ReturnType<typeof serveVidpipe>>;
beforeAll(async () => {
  server = await serveVidpipe();
});
afterAll(() => server.stop());

/** One line on stderr, nothing on stdout, no stack. */
async function refusal(args: string[], stdin?: string) {
  const { code, stdout, stderr } = await runVidpipe(args, server.env, stdin);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^[^\n]+\n$/);
  return { code, line: stderr.trim() };
}

const UNKNOWN_UUID = '0197f3c2-0000-7000-8000-000000000000';

describe('a value that is not acceptable ends with 2 and names what was typed', () => {
  test.each<[string[], RegExp]>([
    [['generate', ''], /^prompt: .*must not be empty/],
    [['generate', 'A cat', '--style', 'baroque'], /^--style: Must be one of cinematic, noir/],
    [['generate', 'A cat', '--aspect-ratio', '4:3'], /^--aspect-ratio: Must be one of 16:9, 9:16, 1:1/],
    [['generate', 'A cat', '--clip-duration', '0'], /^--clip-duration: /],
    [['generate', 'A cat', '--clip-duration', '3.7'], /^--clip-duration: /],
    [['generate', 'A cat', '--clip-duration', 'long'], /^--clip-duration: Must be a number of seconds/],
    [['generate', 'A cat', '--duration', '600'], /^--duration: Needs more than 15 scenes/],
    [['generate', 'A cat', '--crossfade', '-1'], /^--crossfade: /],
    [['generate', 'A cat', '--provider', 'nobody'], /^--provider: /],
    [['generate', 'A\u0007cat'], /^prompt: .*control characters/],
    [['generate', '--file', '/no/such/script.txt'], /^--file: cannot read \/no\/such\/script.txt \(ENOENT\)/],
    [['generate', 'A cat', '--out', '/no/such/film.mp4'], /^--out: there is no folder \/no\/such/],
    [['generate', 'A cat', '--out', '/tmp'], /^--out: \/tmp is a folder/],
    [['generate', 'A cat', '--out', 'package.json'], /^--out: package.json exists; add --force/],
    [['generate'], /^prompt: give one/],
    [['status', 'project_nonsense'], /^PROJECT: Must be the id of a Project/],
    [['status', `video_${UNKNOWN_UUID}`], /^PROJECT: Must be the id of a Project/],
    [['stitch', 'x'], /^PROJECT: /],
    [['cancel', 'x'], /^RUN: /],
    [['pause', 'x'], /^RUN: /],
    [['resume', 'pipeline_run_x'], /^RUN\|PROJECT: /],
    [['resume', 'x'], /^RUN\|PROJECT: /],
    [['retry', 'x'], /^SCENE: Must be the id of a Scene/],
    [['retry'], /^missing required argument 'scene'/],
    [['list', '--limit', '0'], /^--limit: /],
    [['list', '--url', 'nowhere'], /^--url: Must be where GraphQL is served/],
    [['generate', '--sytle', 'noir'], /--sytle.*Did you mean --style/],
    [['frobnicate'], /frobnicate/],
  ])('vidpipe %j', { tags: 'long' }, async (args, line) => {
    expect(await refusal(args)).toEqual({ code: 2, line: expect.stringMatching(line) as string });
  });

  test('every wrong value is named at once', async () => {
    const { line } = await refusal(['generate', 'A cat', '--style', 'baroque', '--aspect-ratio', '4:3']);
    expect(line).toMatch(/--style: .*--aspect-ratio: /);
  });

  test(
    'a script in no encoding of text is refused, not read as question marks',
    { tags: 'long' },
    async () => {
      const file = path.join(newDataDir(), 'script.txt');
      writeFileSync(file, Buffer.from('Größe', 'latin1'));
      const { code, line } = await refusal(['generate', '--file', file]);
      expect({ code, line }).toEqual({
        code: 2,
        line: `--file: ${file} is no text in UTF-8 or UTF-16; save it as UTF-8.`,
      });
    },
  );

  test('a script of 100,000 characters is refused by its length', { tags: 'long' }, async () => {
    const { code, line } = await refusal(['generate', '-'], 'word '.repeat(20_000));
    expect(code).toBe(2);
    expect(line).toMatch(/^prompt: .*at most 20,000 characters/);
  });
});

describe('what the server cannot do ends with 1', () => {
  test.each<[string[], RegExp]>([
    [['status', `project_${UNKNOWN_UUID}`], /^PROJECT: there is no project_/],
    [['stitch', `project_${UNKNOWN_UUID}`], /^PROJECT: No such project/],
    [['cancel', `pipeline_run_${UNKNOWN_UUID}`], /^RUN: No such run/],
    [['pause', `pipeline_run_${UNKNOWN_UUID}`], /^RUN: No such run/],
    [['resume', `pipeline_run_${UNKNOWN_UUID}`], /^RUN: No such run/],
    [['resume', `project_${UNKNOWN_UUID}`], /^PROJECT: No such project/],
    [['retry', `scene_${UNKNOWN_UUID}`], /^SCENE: No such scene/],
    [['open', `project_${UNKNOWN_UUID}`], /has no film, or does not exist/],
    [['open'], /^No films yet/],
  ])('vidpipe %j', { tags: 'long' }, async (args, line) => {
    expect(await refusal(args)).toEqual({ code: 1, line: expect.stringMatching(line) as string });
  });

  test('with --json the last line of stdout tells it to programs', async () => {
    const { code, stdout } = await runVidpipe(['generate', '', '--json'], server.env);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'error', exitCode: 2, code: 'INVALID_INPUT' });
  });
});

/** Holds a file where the folder of films should be. */
function blockedDataDir(): string {
  const dataDir = newDataDir();
  writeFileSync(path.join(dataDir, 'files'), '');
  return dataDir;
}

/** Directories and ports that exist only once the tests run. */
function resolveValue(value: string): string {
  if (value === 'TAKEN') return new URL(server.url).port;
  if (value === 'BLOCKED') return blockedDataDir();
  if (value === 'USED') return server.env.VIDPIPE_DATA_DIR;
  return value === 'NEW' ? newDataDir() : value;
}

describe('a server that cannot be reached or started ends with 4', () => {
  test('an address where nobody answers', { tags: 'long' }, async () => {
    const { code, line } = await refusal(['list', '--url', 'http://127.0.0.1:1/graphql']);
    expect({ code, line }).toEqual({
      code: 4,
      line: expect.stringMatching(/^--url: cannot reach .*127.0.0.1:1/) as string,
    });
  });

  test.each<[string, Record<string, string>, RegExp]>([
    [
      'a port that is taken',
      { PORT: 'TAKEN', VIDPIPE_DATA_DIR: 'NEW' },
      /^PORT: \d+ is taken on 127\.0\.0\.1/,
    ],
    [
      'a data directory in use',
      { PORT: '0', VIDPIPE_DATA_DIR: 'USED' },
      /^VIDPIPE_DATA_DIR: .* in use by another/,
    ],
    [
      'a data directory that cannot be used',
      { PORT: '0', VIDPIPE_DATA_DIR: 'BLOCKED' },
      /^VIDPIPE_DATA_DIR: cannot use/,
    ],
    [
      'a PostgreSQL that is not there',
      { PORT: '0', VIDPIPE_DATA_DIR: 'NEW', DATABASE_URL: 'postgresql://me:hunter2@127.0.0.1:1/films' },
      /^DATABASE_URL: cannot reach PostgreSQL at postgresql:\/\/me:\*\*\*@127\.0\.0\.1:1\/films/,
    ],
  ])('%s', { tags: 'long' }, async (_name, env, line) => {
    const given = Object.entries(env).map(([name, value]) => [name, resolveValue(value)]);
    const { code, stderr, stdout } = await runVidpipe(
      ['serve'],
      Object.fromEntries(given) as Record<string, string>,
    );
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toMatch(line);
    expect(stderr).toMatch(/^[^\n]+\n$/);
  });
});

test('a corrupt config.json ends with 2 and names the file', async () => {
  const dataDir = newDataDir();
  writeFileSync(path.join(dataDir, 'config.json'), '{"PORT":');
  const { code, stderr } = await runVidpipe(['serve'], { VIDPIPE_DATA_DIR: dataDir });
  expect(code).toBe(2);
  expect(stderr).toMatch(/config\.json: is not JSON: [^\n]+\n$/);
});
