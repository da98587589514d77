import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Installs what is measured beside vidpipe, once, in this folder and nowhere else. */
export function installPeers(): void {
  if (existsSync(`${import.meta.dirname}/node_modules/.package-lock.json`)) return;
  console.error('Installing what is measured beside vidpipe, once ...');
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync('npm', args, { cwd: import.meta.dirname, stdio: 'inherit' });
  if (status !== 0) throw new Error('npm ci failed; is the npm registry within reach?');
}
