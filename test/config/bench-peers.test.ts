import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Lockfile = {
  packages: Record<string, { dependencies?: Record<string, string>; dev?: boolean; devOptional?: boolean }>;
};

const packagesOf = (lockfile: string) => (JSON.parse(readFileSync(lockfile, 'utf8')) as Lockfile).packages;

test('what a benchmark runs beside vidpipe is not installed with vidpipe', () => {
  const ours = packagesOf('package-lock.json');
  const peers = Object.keys(packagesOf('bench/peers/package-lock.json')['']?.dependencies ?? {});
  const wanted = ours['']?.dependencies ?? {};
  const installed = peers.filter((name) => {
    const { [`node_modules/${name}`]: found } = ours;
    return found && !found.dev && !found.devOptional;
  });
  expect(peers).toContain('mercurius');
  expect(installed.filter((name) => !(name in wanted))).toEqual([]);
});
