import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { removeTemporaryFolders, temporaryFolder } from './folder.ts';

const MODULES = ['folder', 'run-folder'].map((name) => path.resolve(import.meta.dirname, `${name}.ts`));

/** Enters a run's folder, as a process of its own, within `outer`; `then` may make folders there. */
function enter(outer: string, then: string) {
  const [folder, runFolder] = MODULES.map((file) => JSON.stringify(file));
  const script = `import { temporaryFolder } from ${folder}; import * as run from ${runFolder}; ${then}`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, TMPDIR: outer },
    encoding: 'utf8',
  });
  return { printed: stdout.trim(), stderr };
}

const DIE = "process.kill(process.pid, 'SIGKILL'); await new Promise(() => setInterval(() => {}, 9));";

test('tests work in a folder of their run', () => {
  expect(path.basename(tmpdir())).toMatch(/^vidpipe-run-/);
});

test('what a file of tests made is gone after it', () => {
  const folder = temporaryFolder('gone');
  writeFileSync(path.join(folder, 'film'), 'long');
  removeTemporaryFolders();
  expect(existsSync(folder)).toBe(false);
});

test('a run that ends leaves nothing, and tells what was left to it', () => {
  const outer = temporaryFolder('outer');
  const ending = `const leave = run.enterRunFolder(); temporaryFolder('film'); console.log(leave().length);`;
  expect(enter(outer, ending)).toEqual({ printed: '1', stderr: '' });
  const script = `run.enterRunFolderUntilExit(); temporaryFolder('film'); process.exit(0);`;
  expect(enter(outer, script)).toEqual({ printed: '', stderr: '' });
  expect(readdirSync(outer)).toEqual([]);
});

test('a run that is killed leaves its folder to the next one, which leaves alone what is in use', () => {
  const outer = temporaryFolder('outer');
  mkdirSync(path.join(outer, 'vidpipe-cli-of-a-person'));
  enter(outer, `run.enterRunFolder(); temporaryFolder('film'); ${DIE}`);
  const [killed = ''] = readdirSync(outer).filter((name) => name.startsWith('vidpipe-run-'));
  const alive = killed.replace(/-\d+-/, `-${process.pid}-`);
  expect(alive).not.toBe(killed);
  mkdirSync(path.join(outer, alive));
  enter(outer, 'run.enterRunFolderUntilExit();');
  expect(readdirSync(outer).toSorted()).toEqual(['vidpipe-cli-of-a-person', alive].toSorted());
});
