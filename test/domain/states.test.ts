/** What every state machine keeps to. */
import { beforeAll, expect, test } from 'vitest';
import { allStates } from '../../src/features/audit/log/states.ts';
import { sources, statusWritesOf } from '../support/sources.ts';

// Whatever has a machine is part of the graph.
beforeAll(() => import('../../src/api/schema.ts'));

test('every status of every machine can be reached', () => {
  expect(
    allStates()
      .map(({ title }) => title)
      .toSorted(),
  ).toEqual(['A clip', 'A job', 'A project', 'A row of a job', 'A run', 'A scene', 'A webhook']);
  for (const { title, transitions } of allStates()) {
    const [first = '', ...others] = Object.keys(transitions);
    const reached = new Set([first]);
    for (const status of reached) for (const next of transitions[status] ?? []) reached.add(next);
    expect([title, others.filter((status) => !reached.has(status))]).toEqual([title, []]);
  }
});

test('nothing but the machines writes the status of a row of theirs', () => {
  const machines = allStates().map(({ type }) => type.charAt(0).toLowerCase() + type.slice(1));
  const writes = sources().flatMap((source) =>
    statusWritesOf(source).map((model) => ({ file: source.file, model })),
  );
  expect(writes.filter(({ model }) => machines.includes(model))).toEqual([]);
  // What is looked for is found: a delivery has a status, and no machine.
  expect(writes.map(({ model }) => model)).toContain('webhookDelivery');
});
