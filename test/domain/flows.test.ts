/** What every flow of the product keeps to, whatever it makes. */
import { expect, test } from 'vitest';
import { flows } from '../../src/features/pipelines/flows.ts';
import { policies } from '../../src/worker/handlers.ts';
import { sources } from '../support/sources.ts';

test('what a stage buys, some step buys; and every step has a queue and a name of its own', () => {
  const bought = flows.steps.map(({ buys }) => buys?.call);
  for (const { stages } of Object.values(flows.pipelines))
    for (const call of stages.flatMap(({ buys }) => buys)) expect(bought).toContain(call);
  const names = flows.steps.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(Object.keys(policies)).toEqual(expect.arrayContaining(names));
});

test('flows name steps by what they are, never by a word', () => {
  const bare = sources().filter(({ file, text }) => file.startsWith('src/') && /\bstep: ['"`]/.test(text));
  expect(bare.map(({ file }) => file)).toEqual([]);
});
