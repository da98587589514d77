/** What every state machine keeps to. */
import { beforeAll, expect, test } from 'vitest';
import { allStates } from '../../src/features/audit/states.ts';
import { sources } from '../support/sources.ts';

// Whatever has a machine is part of the graph.
beforeAll(() => import('../../src/api/schema.ts'));

test('every status can be reached, and every table has an end or a way back', () => {
  expect(
    allStates()
      .map(({ title }) => title)
      .toSorted(),
  ).toEqual(['A clip', 'A project', 'A run', 'A scene']);
  for (const { title, transitions } of allStates()) {
    const [first = '', ...others] = Object.keys(transitions);
    const reached = new Set([first]);
    for (const status of reached) for (const next of transitions[status] ?? []) reached.add(next);
    expect([title, others.filter((status) => !reached.has(status))]).toEqual([title, []]);
  }
});

test('nothing but the machines moves a row of theirs', () => {
  const others = sources().filter(
    ({ file, text }) => file !== 'src/features/audit/states.ts' && text.includes('sourcesOf('),
  );
  expect(others.map(({ file }) => file)).toEqual([]);
});
