// Makes a clone ready to run: installs packages and generates code, each only when out of date.
// Every npm script calls it first, so it is plain JavaScript for whatever Node >= 20 is there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = path.join(root, 'node_modules');
/** Written by npm at the end of an installation. */
const installedLock = path.join(modules, '.package-lock.json');
const node24 = path.join(modules, 'node/bin/node');
const generatedStamp = path.join(root, 'src/generated/.made-from');
const SHOWN_LINES = 15;

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

function isInstalled() {
  if (!existsSync(installedLock) || !existsSync(node24)) return false;
  const installed = readJson(installedLock).packages;
  return Object.entries(readJson(path.join(root, 'package-lock.json')).packages).every(
    ([name, wanted]) =>
      name === '' ||
      wanted.optional ||
      wanted.devOptional ||
      (installed[name]?.version === wanted.version && installed[name]?.integrity === wanted.integrity),
  );
}

function generatorInputs() {
  const schema = readdirSync(path.join(root, 'prisma')).filter((name) => name.endsWith('.prisma'));
  const files = [
    ...schema.toSorted().map((name) => `prisma/${name}`),
    'prisma.config.ts',
    'package-lock.json',
  ];
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(path.join(root, file)));
  return hash.digest('hex');
}

const isGenerated = (inputs) => existsSync(generatedStamp) && readFileSync(generatedStamp, 'utf8') === inputs;

function isWritable(folder) {
  if (!existsSync(folder)) return path.dirname(folder) !== folder && isWritable(path.dirname(folder));
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** npm must not run on the Node it is about to replace. */
const pathOutsideClone = () =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => !folder.startsWith(modules))
    .join(path.delimiter);

function npmEnvironment() {
  const cache = process.env.npm_config_cache ?? path.join(homedir(), '.npm');
  return {
    ...process.env,
    PATH: pathOutsideClone(),
    // npm before 11 knows no allowScripts: these stop the downloads that allowScripts denies.
    SKIP_FFMPEG: 'true',
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    ...(isWritable(cache)
      ? {}
      : { npm_config_cache: path.join(tmpdir(), `npm-cache-${process.getuid?.()}`) }),
  };
}

function run(command, args, env, whenItFails) {
  const shell = process.platform === 'win32';
  const result = spawnSync(command, args, { cwd: root, env, encoding: 'utf8', shell });
  if (result.status === 0) return;
  const output = `${result.stderr ?? ''}${result.stdout ?? ''}${result.error?.message ?? ''}`.trim();
  console.error(`${output.split('\n').slice(0, SHOWN_LINES).join('\n')}\n${whenItFails}`);
  process.exit(1);
}

function install() {
  console.error('Installing what vidpipe needs, once (about a minute) ...');
  // Without its hidden lockfile a tree is half an installation, whose packages npm would trust.
  if (!existsSync(installedLock)) rmSync(modules, { recursive: true, force: true });
  // Not `npm ci`: it refuses a lockfile without the optional packages of every other platform.
  const quiet = ['--loglevel=error', '--no-audit', '--no-fund', '--no-update-notifier', '--no-progress'];
  const args = ['install', '--no-save', '--include=dev', ...quiet];
  run('npm', args, npmEnvironment(), 'The installation failed; is the npm registry within reach?');
  if (existsSync(node24)) return;
  console.error('npm did not run the install script of "node". Run: npm rebuild node --ignore-scripts=false');
  process.exit(1);
}

function generate(inputs) {
  const prisma = path.join(modules, 'prisma/build/index.js');
  const env = { ...process.env, PATH: `${path.join(modules, '.bin')}${path.delimiter}${process.env.PATH}` };
  run(node24, [prisma, 'generate', '--no-hints'], env, 'prisma generate failed, above.');
  writeFileSync(generatedStamp, inputs);
}

const isReady = () => isInstalled() && isGenerated(generatorInputs());

if (!isReady()) {
  await withLock(path.join(root, '.preparing'), () => {
    if (!isInstalled()) install();
    const inputs = generatorInputs();
    if (!isGenerated(inputs)) generate(inputs);
  });
}
