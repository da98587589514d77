import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Lockfile = { packages: Record<string, { dependencies?: Record<string, string>; dev?: boolean }> };

const packagesOf = (lockfile: string) => (JSON.parse(readFileSync(lockfile, 'utf8')) as Lockfile).packages;

test('what a benchmark runs beside vidpipe is not installed with vidpipe', () => {
  const ours = packagesOf('package-lock.json');
  const peers = Object.keys(packagesOf('bench/peers/package-lock.json')['']?.dependencies ?? {});
  const installed = peers.filter((name) => ours[`node_modules/${name}`]?.dev === undefined);
  const wanted = ours['']?.dependencies ?? {};
  expect(peers).toContain('mercurius');
  expect(installed.filter((name) => `node_modules/${name}` in ours && !(name in wanted))).toEqual([]);
});
