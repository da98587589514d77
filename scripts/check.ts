/** Runs every gate but the tests and prints a line for each; the output only of those that fail. */
import { spawnSync } from 'node:child_process';

const GATES = ['format', 'lint', 'types', 'schema', 'codegen', 'states', 'migrations'];

function passes(gate: string): boolean {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', `check:${gate}`], {
    encoding: 'utf8',
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${gate} (${seconds} s)`);
  if (status !== 0) console.log(`${stdout}${stderr}`.trim());
  return status === 0;
}

const results = GATES.map(passes);
process.exitCode = results.every(Boolean) ? 0 : 1;
