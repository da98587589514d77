import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const run = (...args: string[]) => {
  const { PATH } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: { PATH } });
  return { status, stdout, stderr };
};

test.each(['test/chaos/chaos.ts', 'test/mutation/mutate.ts', 'scripts/smoke-google.ts'])(
  '%s --help tells its usage',
  { tags: 'long' },
  (script) => {
    expect(run(script, '--help')).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^Usage: npm run \S+/) as string,
      stderr: '',
    });
  },
);

test.each([
  [['test/chaos/chaos.ts', '--kills', 'many'], /^--kills: must be a whole number/],
  [['test/chaos/chaos.ts', '--only', 'nothing'], /^--only: must be one of embedded, /],
  [['test/chaos/chaos.ts', '--frob'], /--frob/],
  [['test/chaos/chaos.ts', '--only', 'network'], /^--only network: needs PostgreSQL; set TEST_DATABASE_URL/],
  [
    ['test/chaos/chaos.ts', '--google', 'VERTEX', '--only', 'live'],
    /^--google: goes with --only embedded or postgres, /,
  ],
  [['test/mutation/mutate.ts', '--count', 'many'], /^--count: must be a whole number/],
  [['scripts/smoke-google.ts', 'now'], /'now'/],
])('%j is refused, and what is taken is told', { tags: 'long' }, (args, line) => {
  const { status, stdout, stderr } = run(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(line);
  expect(stderr).toMatch(/\nUsage: [^\n]+\n$/);
});
