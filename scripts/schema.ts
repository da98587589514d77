/** Writes schema.graphql from the code, or with `--check` fails when the committed one differs. */
import { readFile, writeFile } from 'node:fs/promises';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from '../src/api/schema.ts';

const FILE = 'schema.graphql';
const printed = `${printSchema(lexicographicSortSchema(schema))}\n`;

if (!process.argv.includes('--check')) {
  await writeFile(FILE, printed);
} else if ((await readFile(FILE, 'utf8').catch(() => '')) !== printed) {
  console.error(`${FILE} is not what the code makes. Run: npm run generate`);
  process.exitCode = 1;
}
