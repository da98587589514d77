/** A first live try by each way to Google, and its answers played again. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { AnswerFile } from '../../src/live-try.ts';
import { API_KEY, PROJECT, startGoogleServer, type Surface } from '../support/google-server/start.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';

const LIMIT_MS = 480_000;

const run = (script: string, args: string[], env: Record<string, string>, cwd: string) => {
  const { PATH = '' } = process.env;
  const options = {
    cwd,
    env: { PATH, TMPDIR: tmpdir(), ...env },
    encoding: 'utf8',
    timeout: LIMIT_MS,
  } as const;
  return spawnSync(process.execPath, [path.resolve(script), ...args], options);
};
const newFolder = () => temporaryFolder('live');

const WAYS: [
  name: string,
  surface: Surface,
  environment: Record<string, string>,
  transport: string | null,
][] = [
  ['in the background', 'GEMINI', { VIDPIPE_GOOGLE_OMNI_TRANSPORT: 'background' }, 'background'],
  ['held', 'GEMINI', { VIDPIPE_GOOGLE_OMNI_TRANSPORT: 'hold' }, 'hold'],
  ['as a stream', 'GEMINI', { VIDPIPE_GOOGLE_OMNI_TRANSPORT: 'stream' }, 'stream'],
  ['on Vertex', 'VERTEX', { VIDPIPE_GOOGLE_VIDEO_MODEL: 'gemini-omni-1.1-flash-preview' }, 'background'],
  ['by Veo', 'VERTEX', { VIDPIPE_GOOGLE_VIDEO_MODEL: 'veo-3.1-fast-generate-001' }, null],
];

test.each(WAYS)('%s: what it finds, it finds again in its answers', { timeout: LIMIT_MS }, async (...way) => {
  const [, surface, more, transport] = way;
  const server = await startGoogleServer();
  onTestFinished(() => server.stop());
  await server.settings({ operationMs: 500 });
  const folder = newFolder();
  const env = {
    ...server.environment(surface),
    VIDPIPE_GOOGLE_POLL_SECONDS: '1',
    VIDPIPE_DATA_DIR: path.join(folder, 'data'),
    ...more,
  };
  const cap = surface === 'VERTEX' ? '200' : '50';
  const live = run('src/main.ts', ['doctor', '--live', '--yes', '--cap-cents', cap], env, folder);
  expect({ status: live.status, err: live.stderr }).toMatchObject({ status: 0 });
  const [name = ''] = readdirSync(folder).filter((file) => file.startsWith('google-answers-'));
  const text = readFileSync(path.join(folder, name), 'utf8');
  const answers = JSON.parse(text) as AnswerFile;
  expect(answers).toMatchObject({
    surface,
    transport,
    outcome: { status: 'COMPLETED', clips: ['COMPLETE'] },
  });
  for (const secret of [API_KEY, PROJECT, folder, tmpdir()]) expect(text).not.toContain(secret);

  const books = await server.ledger();
  expect(books.map(({ kind }) => kind)).toEqual(['STORYBOARD', 'KEYFRAME', 'KEYFRAME', 'CLIP']);
  const settled = answers.outcome.ledger.filter(({ kind }) => kind === 'SETTLE');
  expect(settled.map(({ microUsd }) => microUsd)).toEqual(
    books.map(({ chargedMicroUsd }) => chargedMicroUsd),
  );

  const replayed = run(
    'scripts/smoke-google.ts',
    ['--replay', path.join(folder, name)],
    {},
    path.resolve('.'),
  );
  expect({ status: replayed.status, stdout: replayed.stdout, err: replayed.stderr }).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^The same run: COMPLETED, 8 entries\.$/m),
  });
  expect(replayed.stdout).not.toContain('no answer');
});
