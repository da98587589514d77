/** What goes wrong around a command: its output, its files, its options. Nobody ever sees an error of our libraries. */
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { connect } from '../../src/cli/server/connect.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { announceServer, findServer } from '../../src/cli/server/server-file.ts';
import { startFailure } from '../../src/cli/server/start-failures.ts';
import { loadConfig } from '../../src/platform/config.ts';
import { lockDirectory } from '../../src/platform/database/directory-lock.ts';
import { makeDataDir } from '../support/embedded-template.ts';
import { newDataDir, runVidpipe, serveVidpipe, startVidpipe } from '../support/vidpipe-process.ts';

let server: Awaited<ReturnType<typeof serveVidpipe>>;
beforeAll(async () => {
  server = await serveVidpipe();
});
afterAll(() => server.stop());

const LONG = ['generate', 'A cat. A dog.', '--clip-duration', '15', '--duration', '225'];

describe('output that nobody reads', () => {
  describe.each(['config', 'doctor'])('of %s', (name) => {
    const tags = name === 'doctor' ? ['long' as const] : [];
    test('ends it with 141, and it says nothing', { tags }, async () => {
      const command = startVidpipe([name, '--json'], server.env);
      command.child.stdout?.destroy();
      expect(await command.ended).toEqual({ code: 141, stdout: '', stderr: '' });
    });
  });

  test(
    'a film that is made goes on where its command is no longer read',
    { tags: 'long', timeout: 60_000 },
    async () => {
      const film = startVidpipe([...LONG, '--json'], server.env);
      await film.saw(/"type":"scene"/);
      film.child.stdout?.destroy();
      expect(await film.ended).toMatchObject({ code: 141, stderr: '' });
      const { stdout } = await runVidpipe(['status', '--json'], server.env);
      const { runs } = JSON.parse(stdout) as { runs: { edges: { node: { id: string; status: string } }[] } };
      const run = runs.edges[0]?.node;
      expect(run?.status).toBe('RUNNING');
      await runVidpipe(['cancel', run?.id ?? ''], server.env);
    },
  );

  test('a server goes on', { tags: 'long', timeout: 60_000 }, async () => {
    const env = { VIDPIPE_DATA_DIR: newDataDir(), PORT: '0', LOG_LEVEL: 'debug' };
    const unread = startVidpipe(['serve'], env);
    await unread.saw(/is ready/);
    unread.child.stdout?.destroy();
    expect((await runVidpipe(['list'], env)).code).toBe(0);
    expect(unread.child.exitCode).toBeNull();
    unread.child.kill('SIGTERM');
    expect(await unread.ended).toMatchObject({ code: 0 });
  });
});

/** What a command says that is refused before anything is begun: one line on stderr. */
async function refusal(args: string[], env: Record<string, string> = {}): Promise<string> {
  for (const [name, value] of Object.entries({ ...server.env, ...env })) vi.stubEnv(name, value);
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    expect(await runCli(args)).toBe(2);
    const line = told.mock.calls.map(([text]) => String(text)).join('');
    expect(line).toMatch(/^[^\n]+\n$/);
    return line.trim();
  } finally {
    told.mockRestore();
    vi.unstubAllEnvs();
  }
}

describe('--out is checked before anything is made', () => {
  const folder = newDataDir();
  mkdirSync(path.join(folder, 'there'));
  symlinkSync('nowhere', path.join(folder, 'dangling.mp4'));
  writeFileSync(path.join(folder, 'file'), '');

  test.each<[string, RegExp]>([
    ['', /^--out: names no file/],
    ['new/', /^--out: .*new\/ is a folder; name a file in it/],
    ['there', /^--out: .*there is a folder; name a file in it/],
    ['missing/film.mp4', /^--out: there is no folder .*missing; make it first/],
    ['file/film.mp4', /^--out: .*file is not a folder/],
    ['dangling.mp4', /^--out: .*dangling.mp4 exists; add --force/],
    [`${'x'.repeat(250)}.mp4`, /^--out: .* cannot be written \(ENAMETOOLONG\)/],
  ])('%j', async (name, line) => {
    for (const command of ['generate', 'resume', 'follow', 'stitch', 'retry'])
      expect(await refusal([command, 'x', '--out', name && `${folder}/${name}`])).toMatch(line);
  });

  test('a device is no file, whatever --force says, and --force alone is for nothing', async () => {
    expect(await refusal(['generate', 'A cat.', '--out', '/dev/null', '--force'])).toMatch(/is no file/);
    expect(await refusal(['generate', 'A cat.', '--force'])).toMatch(/^--force: goes with --out/);
  });

  test('nothing is left of a place that was not used', () => {
    expect(readdirSync(folder).toSorted()).toEqual(['dangling.mp4', 'file', 'there']);
  });

  test('of two commands for one file the second is refused', { timeout: 60_000, tags: 'long' }, async () => {
    const out = path.join(folder, 'one.mp4');
    const first = startVidpipe([...LONG, '--out', out], server.env);
    await first.saw(/Scene 1: /);
    expect(await refusal([...LONG, '--out', out])).toMatch(
      /^--out: another vidpipe \(process \d+\) puts its film at .*one\.mp4; choose another name/,
    );
    first.child.kill('SIGINT');
    expect((await first.ended).code).toBe(130);
    expect(readdirSync(folder)).not.toContain(`.one.mp4.${first.child.pid}.part`);
  });

  test('what a killed command left takes no place', { tags: 'long', timeout: 60_000 }, async () => {
    const gone = startVidpipe(['--version'], {});
    await once(gone.child, 'exit');
    writeFileSync(path.join(folder, `.two.mp4.${gone.child.pid}.part`), '');
    const out = path.join(folder, 'two.mp4');
    const { code } = await runVidpipe(
      ['generate', 'A cat.', '--clip-duration', '1', '--duration', '1', '--out', out],
      server.env,
    );
    expect(code).toBe(0);
    expect(readdirSync(folder).filter((name) => name.includes('two'))).toEqual(['two.mp4']);
  });
});

describe('a value is refused in the words of the command line', () => {
  test.each<[string[], RegExp]>([
    [['generate', 'A cat', '--provider', 'veo'], /^--provider: Must be animatic or google\. veo is made by/],
    [['generate', 'A cat', '--clip-duration', '2.5'], /^--clip-duration: Must be a whole number of seconds/],
    [['generate', 'A cat', '--duration', '99999999999'], /^--duration: Must be a whole number of seconds/],
    [['generate', 'A cat', '--max-cost', '99999999999'], /^--max-cost: .* at most 21,474,836/],
    [['generate', 'A cat', '--clips-from', 'film'], /^--clips-from: Must be keyframes or reference-images/],
    [['generate', 'A cat', '--character', `x=${import.meta.filename}`], /^--character: Must be a PNG/],
    [['generate', 'A cat', '--product', 'x=/dev/zero'], /^--product: \/dev\/zero is longer than 16 MB/],
    [['generate', '--file', '/dev/zero'], /^--file: \/dev\/zero is longer than 1 MB/],
    [['generate', '--file', 'src'], /^--file: cannot read src \(EISDIR\)/],
    [['generate', '--file', 'docs/images/demo-film.jpg'], /^--file: \S+ is no text in UTF-8 or UTF-16/],
    [['usage', '--from', '2026-12-01', '--to', '2026-01-01'], /^--to: Must not be before --from/],
    [['usage', '--csv', '--url', 'ftp://x'], /^--url: Must be where GraphQL is served/],
    [['serve', '--role', 'boss'], /^--role: must be all, api or worker, not "boss"\.$/],
    [['serve', '--port', 'x'], /^--port: must be a whole number from 0 to 65535, not "x"\.$/],
    [['follow', 'x'], /^RUN\|PROJECT: /],
    [['open', 'x'], /^PROJECT\|VIDEO: /],
  ])('vidpipe %j', { tags: 'long' }, async (args, line) => {
    expect(await refusal(args)).toMatch(line);
  });

  test('styles, providers and shapes are taken in capitals or not', async () => {
    const look = ['--style', ' NoiR', '--provider', 'Animatic', '--aspect-ratio', ' 16:9'];
    const { code } = await runVidpipe(['estimate', 'A cat', ...look], server.env);
    expect(code).toBe(0);
  });

  test('a variable is named where it, and no option, was wrong', { tags: 'long' }, async () => {
    const line = await refusal(['list'], { VIDPIPE_URL: 'nowhere' });
    expect(line).toMatch(/^VIDPIPE_URL: Must be where GraphQL is served/);
    const closed = { ...server.env, VIDPIPE_URL: 'http://127.0.0.1:1' };
    expect((await runVidpipe(['list'], closed)).stderr).toMatch(/^VIDPIPE_URL: cannot reach .*\/graphql/);
  });

  test('a port that was typed is named as it was typed', { tags: 'long' }, async () => {
    const env = { VIDPIPE_DATA_DIR: newDataDir(), LOG_LEVEL: 'silent' };
    const { code, stderr } = await runVidpipe(['serve', '--port', new URL(server.url).port], env);
    expect({ code, stderr }).toEqual({
      code: 4,
      stderr: expect.stringMatching(/^--port: \d+ is taken/) as string,
    });
  });

  test('a data directory where nothing can be locked names its setting', { tags: 'long' }, async () => {
    const dataDir = newDataDir();
    mkdirSync(path.join(dataDir, 'lock'));
    const { code, stderr } = await runVidpipe(['serve'], { VIDPIPE_DATA_DIR: dataDir, PORT: '0' });
    expect(code).toBe(4);
    expect(stderr).toMatch(
      /^VIDPIPE_DATA_DIR: cannot use .*; choose a folder that this user may read and write\.\n$/,
    );
  });
});

test('--version tells the package’s', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(await runVidpipe(['--version'], {})).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test(
  'a command waits for a server that has the data directory and is not ready yet',
  { tags: 'long' },
  async () => {
    const dataDir = newDataDir();
    const giveBack = lockDirectory(dataDir);
    const connecting = connect(loadConfig({ VIDPIPE_DATA_DIR: dataDir }), null, 'api');
    // Long enough to have been refused.
    await Promise.race([connecting, sleep(1_000)]);
    const health = (await (await fetch(new URL('/healthz', server.url))).json()) as { instance: string };
    const withdraw = announceServer(dataDir, { url: server.url, ...health });
    const connection = await connecting;
    expect({ url: connection.api.url, isOwn: connection.isOwn }).toEqual({ url: server.url, isOwn: false });
    await connection.close();
    withdraw();
    giveBack();
  },
);

test.each([
  { args: ['serve'], did: /is ready/ },
  { args: ['keys', 'list'], did: /No keys yet/ },
])(
  'vidpipe $args waits for a command that has the data directory for a moment',
  { tags: 'long' },
  async ({ args, did }) => {
    const env = { VIDPIPE_DATA_DIR: await makeDataDir(), PORT: '0', LOG_LEVEL: 'silent' };
    const giveBack = lockDirectory(env.VIDPIPE_DATA_DIR);
    const waiting = startVidpipe(args, env);
    // Long enough to have been refused.
    await Promise.race([waiting.ended, sleep(2_000)]);
    giveBack();
    await expect(waiting.saw(did)).resolves.toBeDefined();
    waiting.child.kill('SIGTERM');
    await waiting.ended;
  },
);

test('Ctrl-C ends a server that waits for the data directory', { tags: 'long' }, async () => {
  const dataDir = newDataDir();
  const giveBack = lockDirectory(dataDir);
  const waiting = startVidpipe(['serve'], { VIDPIPE_DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' });
  await Promise.race([waiting.ended, sleep(2_000)]);
  expect(waiting.child.exitCode).toBeNull();
  waiting.child.kill('SIGINT');
  expect((await waiting.ended).stderr).toMatch(/^(VIDPIPE_DATA_DIR: .* in use by another[^\n]*\n)?$/);
  giveBack();
});

test('a server whose data directory another one serves says where that is', { tags: 'long' }, async () => {
  const { code, stderr } = await runVidpipe(['serve'], server.env);
  expect({ code, stderr: stderr.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, 'then') }).toEqual({
    code: 4,
    stderr: `VIDPIPE_DATA_DIR: ${server.env.VIDPIPE_DATA_DIR} is in use by another vidpipe process ${server.child.pid} (since then), which serves ${server.url}; stop that one or choose another folder.\n`,
  });
});

test('a data directory whose holder answers nowhere names the holder', () => {
  const dataDir = newDataDir();
  const giveBack = lockDirectory(dataDir);
  const refused = () => {
    try {
      return lockDirectory(dataDir);
    } catch (error) {
      return startFailure(error, loadConfig({ VIDPIPE_DATA_DIR: dataDir })).message;
    }
  };
  expect(refused()).toMatch(
    new RegExp(
      `is in use by another vidpipe process ${process.pid} \\(since \\d{4}-[^)]*Z\\), which answers at no address`,
    ),
  );
  giveBack();
});

test.each([
  ['a foreign program', () => ({ status: 'ok' })],
  ['another vidpipe', () => ({ status: 'ok', instance: 'another' })],
])('%s on the port of a server that is gone is not taken for it', async (_name, health) => {
  const foreign = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(health()));
  });
  foreign.listen(0, '127.0.0.1');
  await once(foreign, 'listening');
  const url = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}/graphql`;
  const dataDir = newDataDir();
  // This process lives: as after its id was given to another program.
  announceServer(dataDir, { url, instance: 'ours' });
  expect(await findServer(dataDir)).toBeUndefined();
  foreign.close();
});

test.each([
  [['help', 'list'], /^Usage: vidpipe list /],
  [['help', 'keys', 'create'], /^Usage: vidpipe keys create /],
  [['help'], /^Usage: vidpipe \[options\]/],
])('vidpipe %j is the help of what it names', async (args, text) => {
  const { code, stdout } = await runVidpipe(args, {});
  expect({ code, isIt: text.test(stdout) }).toEqual({ code: 0, isIt: true });
});
