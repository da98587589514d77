import { buildSchema, parse } from 'graphql';
import { expect, test } from 'vitest';
import { operationKey } from '../../src/api/live/operation-key.ts';

const schema = buildSchema('type Query { ok: Boolean }');

const keyOf = (query: string, variableValues: Record<string, unknown> = {}, operationName?: string) =>
  operationKey({ schema, document: parse(query), variableValues, operationName });

const FOLLOW =
  'subscription ($id: ID!, $after: String) { projectEvents(projectId: $id, after: $after) { cursor } }';

test('from where on somebody listens makes no difference', () => {
  expect(keyOf(FOLLOW, { id: '1', after: '5' })).toBe(keyOf(FOLLOW, { id: '1' }));
});

test('another value, selection or operation does', () => {
  const key = keyOf(FOLLOW, { id: '1' });
  expect(keyOf(FOLLOW, { id: '2' })).not.toBe(key);
  expect(keyOf(FOLLOW.replace('cursor', 'message'), { id: '1' })).not.toBe(key);
  expect(keyOf(FOLLOW, { id: '1' }, 'Named')).not.toBe(key);
});

test('so does a cursor that the selection uses too', () => {
  const query = FOLLOW.replace('{ cursor }', '{ project { events(after: $after) { totalCount } } }');
  expect(keyOf(query, { id: '1', after: '5' })).not.toBe(keyOf(query, { id: '1', after: '6' }));
});

test('each operation of a document has a cursor of its own', () => {
  const document = parse(`
    subscription A($from: String) { workspaceEvents(after: $from) { cursor } }
    subscription B($to: String) { workspaceEvents(after: $to) { cursor } }`);
  const key = (operationName: string, variableValues: Record<string, unknown>) =>
    operationKey({ schema, document, operationName, variableValues });
  expect(key('A', { from: '1' })).toBe(key('A', { from: '2' }));
  expect(key('B', { to: '1' })).toBe(key('B', { to: '2' }));
  expect(key('A', {})).not.toBe(key('B', {}));
});
