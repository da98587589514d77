/** `npm run build` with nothing of the checkout but what the image is made of, and what people then do with it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { copiedInto, keptOf } from '../support/image-files.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { serveVidpipe, newDataDir } from '../support/vidpipe-process.ts';

const BUILD_MILLISECONDS = 300_000;
const root = temporaryFolder('build');
const [build, image, user] = ['build', 'image', 'user'].map((name) => path.join(root, name)) as [
  string,
  string,
  string,
];
const { PATH = '' } = process.env;

const run = (folder: string, command: string, args: string[], env: Record<string, string> = {}) =>
  execFileSync(command, args, { cwd: folder, env: { PATH, ...env }, encoding: 'utf8' });

/** Packages are what an installation of this lockfile has. */
function fill(folder: string, names: string[], from: string): void {
  for (const name of names.filter((each) => each !== 'node_modules'))
    cpSync(path.join(from, name), path.join(folder, name), { recursive: true });
  symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'));
}

beforeAll(() => {
  const dockerfile = readFileSync('Dockerfile', 'utf8');
  // The image makes its generated code in a layer before.
  fill(build, [...copiedInto(dockerfile), 'src/generated'], '.');
  run(build, 'npm', ['run', '--silent', 'build']);
  fill(image, keptOf(dockerfile), build);
  mkdirSync(path.join(user, 'node_modules'), { recursive: true });
  symlinkSync(image, path.join(user, 'node_modules/vidpipe'));
}, BUILD_MILLISECONDS);

const FOLLOW = `
import { createClient } from 'vidpipe/client';
const vidpipe = createClient({ url: process.argv[2] });
const text = 'subscription ($after: String) { workspaceEvents(after: $after) { __typename ... on LiveEvent { cursor } } }';
for await (const { workspaceEvents: event } of vidpipe.follow(text, {})) {
  console.log(event.__typename);
  break;
}
vidpipe.close();
`;

test('a plain script follows with vidpipe/client, on any Node', async () => {
  writeFileSync(path.join(user, 'follow.mjs'), FOLLOW);
  const server = await serveVidpipe();
  expect(run(user, 'node', ['follow.mjs', server.url])).toBe('SnapshotMarker\n');
  await server.stop();
});

test('what is built has types', () => {
  const options = { module: 'nodenext', target: 'es2024', strict: true, noEmit: true, types: [] };
  writeFileSync(path.join(user, 'package.json'), '{ "type": "module" }');
  writeFileSync(path.join(user, 'tsconfig.json'), JSON.stringify({ compilerOptions: options }));
  const typed =
    "import { createClient } from 'vidpipe/client';\nconst url: number = createClient({ url: '' });";
  writeFileSync(path.join(user, 'wrong.ts'), typed);
  const check = () => run(user, path.resolve('node_modules/.bin/tsc'), ['--noEmit']);
  expect(check).toThrow('Command failed');
  writeFileSync(path.join(user, 'wrong.ts'), typed.replace(': number', ''));
  expect(check()).toBe('');
});

test('the built command line makes the sample film', { timeout: BUILD_MILLISECONDS }, () => {
  const env = { PATH, VIDPIPE_DATA_DIR: newDataDir(), LOG_LEVEL: 'warn' };
  const { stdout, stderr } = spawnSync('node', ['node_modules/vidpipe/bin/vidpipe.js', 'demo', '--json'], {
    cwd: user,
    env,
    encoding: 'utf8',
  });
  expect(stdout).toContain('"COMPLETED"');
  // A file that the image lacks is told here, whatever goes on without it.
  expect(stderr).not.toMatch(/"level":[56]0/);
});
