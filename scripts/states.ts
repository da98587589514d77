/** Draws the transition tables into the README: `node scripts/states.ts [--check]`. */
import { readFile, writeFile } from 'node:fs/promises';
import type { Transitions } from '../src/core/state-machine.ts';
import { allStates } from '../src/features/audit/log/states.ts';

const FILE = 'README.md';
const BETWEEN = /(<!-- states:start [^\n]*-->\n)[\s\S]*?(<!-- states:end -->)/;

const draw = (title: string, table: Transitions<string>) =>
  [
    `**${title}**`,
    '',
    '```mermaid',
    'stateDiagram-v2',
    '  direction LR',
    '  [*] --> ' + Object.keys(table)[0],
    ...Object.entries(table).flatMap(([from, targets]) => targets.map((to) => `  ${from} --> ${to}`)),
    ...Object.entries(table).flatMap(([from, targets]) =>
      targets.length === 0 ? [`  ${from} --> [*]`] : [],
    ),
    '```',
    '',
  ].join('\n');

// Whatever has a machine is part of the graph.
await import('../src/api/schema.ts');
const drawing = allStates()
  .toSorted((a, b) => a.title.localeCompare(b.title))
  .map(({ title, transitions }) => draw(title, transitions))
  .join('\n');

const before = await readFile(FILE, 'utf8');
const after = before.replace(BETWEEN, (_all, start: string, end: string) => `${start}\n${drawing}\n${end}`);
if (!BETWEEN.test(before)) throw new Error(`${FILE} has no place for the drawing of states.`);
if (process.argv.includes('--check')) {
  if (after !== before) {
    console.error(`${FILE}: the drawing of states does not match the tables; run "npm run generate".`);
    process.exitCode = 1;
  }
} else {
  await writeFile(FILE, after);
}
