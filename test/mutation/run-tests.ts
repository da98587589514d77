import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { NOTES } from './copy.ts';

/** Tests that would only tell that sources were changed, or take minutes each. */
const LEFT_OUT = [
  'test/layers.test.ts',
  'test/docs/**',
  'test/chaos/**',
  'test/browser/**',
  '**/*.long.test.ts',
];

export type TestFile = { file: string; milliseconds: number; passed: boolean };

type Run = {
  directory: string;
  on: number;
  files?: readonly string[];
  limitSeconds: number;
  /** What `npm test` runs, and no more. */
  isQuick: boolean;
};

/**
 * Runs tests of a copy with one mutant switched on, none for -1; ends them at the first failure while one is on, and
 * at the limit.
 *
 * @returns each file's time and whether it passed; null when they did not come to an end.
 */
export async function runTests({
  directory,
  on,
  files = [],
  limitSeconds,
  isQuick,
}: Run): Promise<TestFile[] | null> {
  writeFileSync(path.join(directory, NOTES, 'on'), String(on));
  const report = path.join(directory, NOTES, 'report.json');
  const more = on === -1 ? ['--config', CONFIG] : ['--bail=1'];
  const args = [
    'run',
    ...more,
    '--reporter=json',
    `--outputFile=${report}`,
    ...(isQuick ? ['--tags-filter', '!long'] : []),
    ...LEFT_OUT.map((glob) => `--exclude=${glob}`),
  ];
  if (!(await ends('node_modules/.bin/vitest', [...args, ...files], directory, limitSeconds))) return null;
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { name: string; status: string; startTime: number; endTime: number }[];
  };
  return testResults.map(({ name, status, startTime, endTime }) => ({
    file: path.relative(directory, name),
    milliseconds: endTime - startTime,
    passed: status === 'passed',
  }));
}

/** Written into the copy: the project's own, and who notes which test file reached which mutant. */
const CONFIG = `${NOTES}/vitest.config.ts`;
export const writeConfig = (directory: string): void =>
  writeFileSync(
    path.join(directory, CONFIG),
    `import { mergeConfig } from 'vitest/config';
import own from '../vitest.config.ts';
export default mergeConfig(own, { root: '${directory}', test: { setupFiles: ['${directory}/${NOTES}/setup.ts'] } });
`,
  );

/** A group of its own, so that servers which tests started end with it. */
function ends(command: string, args: string[], cwd: string, limitSeconds: number): Promise<boolean> {
  const child = spawn(command, args, { cwd, detached: true, stdio: 'ignore' });
  return new Promise((resolve) => {
    const timer = setTimeout(() => end(false), limitSeconds * 1_000);
    const end = (ended: boolean) => {
      clearTimeout(timer);
      if (child.pid && !ended) process.kill(-child.pid, 'SIGKILL');
      resolve(ended);
    };
    child.on('exit', () => end(true));
  });
}
