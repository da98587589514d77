/** Runs one benchmark by its name: `npm run bench -- film`. Prints ratios against a baseline of the same run. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { enterRunFolderUntilExit } from '../test/support/temporary/run-folder.ts';

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => path.basename(file, '.bench.ts'));
const [name = ''] = process.argv.slice(2);

if (names.includes(name)) {
  enterRunFolderUntilExit();
  await import(`./${name}.bench.ts`);
} else {
  console.error(`Usage: npm run bench -- ${names.join('|')}`);
  process.exitCode = ['--help', '-h'].includes(name) ? 0 : 2;
}
