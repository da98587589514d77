import { assertEnumType, assertUnionType } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../src/api/schema.ts';
import { NODE_TYPES } from '../../src/core/ids.ts';
import { type EventType, subjectTypesOf } from '../../src/features/audit/log/event-types.ts';

const words = assertEnumType(schema.getType('EventType'))
  .getValues()
  .map(({ name }) => name as EventType);

/** `VideoClipChanged` is asked for as `VIDEO_CLIP_CHANGED`. */
const wordOf = (name: string) => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();

test('every event of the union has a word of its own, and every word an event', () => {
  const events = assertUnionType(schema.getType('Event')).getTypes();
  const changes = events.map(({ name }) => name).filter((name) => name !== 'SnapshotMarker');
  expect(words.toSorted()).toEqual(changes.map(wordOf).toSorted());
});

test('the words share out all subjects: each is told by one of them', () => {
  const told = words.flatMap((word) => subjectTypesOf([word]));
  expect(told.toSorted()).toEqual(NODE_TYPES.toSorted());
});
