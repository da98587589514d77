import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
const readme = readFileSync('README.md', 'utf8');
const operations = [...readme.matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, text = '']) => text);
const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, file = '']) => file);

test('the README shows a mutation, a subscription and a query', () => {
  const kinds = operations.map((text) => text.trim().split(/\W/, 1)[0]);
  expect(kinds.slice(0, 3)).toEqual(['mutation', 'subscription', 'query']);
});

test.each(operations)('an operation to paste is valid: %s', (text) => {
  expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
});

test.each(links)('%s exists', (file) => {
  expect(() => readFileSync(file)).not.toThrow(/ENOENT/);
});

test.each(['schema.graphql', 'README.md', 'docs/decisions/0010-an-event-is-executed-once.md'])(
  '%s says in the same words what of the log is merged',
  (file) => {
    const text = readFileSync(file, 'utf8').replaceAll(/\s+/g, ' ');
    expect(text).toContain('A replay is never merged; only live progress for a client that is behind is');
  },
);
