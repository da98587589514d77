import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
const pages = readdirSync('docs').filter((name) => name.endsWith('.md'));
const operations = pages.flatMap((page) => {
  const text = readFileSync(path.join('docs', page), 'utf8');
  return [...text.matchAll(/```graphql\n([\s\S]*?)```/g)].map(
    ([, operation = '']) => [page, operation] as const,
  );
});

test('there are operations to paste', () => {
  expect(new Set(operations.map(([page]) => page)).size).toBeGreaterThan(1);
});

test.each(operations)('%s shows a valid operation: %s', (_page, text) => {
  expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
});
