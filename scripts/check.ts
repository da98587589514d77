/** Runs every gate but the long tests, as many at a time as there are cores, and prints a line for each; the output only of those that fail. */
import { spawn } from 'node:child_process';
import os from 'node:os';
import { text } from 'node:stream/consumers';

/** The longest first. */
const GATES = ['lint', 'types', 'rules', 'migrations', 'codegen', 'schema', 'format', 'states'];

async function passes(gate: string): Promise<boolean> {
  const started = performance.now();
  const child = spawn('npm', ['run', '--silent', `check:${gate}`], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [status, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${gate} (${seconds} s)`);
  if (status !== 0) console.log(`${stdout}${stderr}`.trim());
  return status === 0;
}

const waiting = [...GATES];
let failed = false;

async function work(): Promise<void> {
  for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift())
    failed = !(await passes(gate)) || failed;
}

await Promise.all(Array.from({ length: os.availableParallelism() }, work));
process.exitCode = failed ? 1 : 0;
