import { expect, test } from 'vitest';
import { importsOf, sources } from './support/sources.ts';

const targets = new Map(sources().map((source) => [source.file, importsOf(source)]));

test('no file imports itself by way of others, types included', () => {
  const found = new Set<string>();
  const done = new Set<string>();
  const visit = (file: string, way: string[]) => {
    if (way.includes(file)) found.add([...way.slice(way.indexOf(file)), file].join(' -> '));
    if (done.has(file) || way.includes(file)) return;
    for (const target of targets.get(file) ?? []) visit(target, [...way, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  expect([...found]).toEqual([]);
});

test('what the schema imports leads to every file of types', () => {
  const reached = new Set<string>();
  const visit = (file: string) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const target of targets.get(file) ?? []) visit(target);
  };
  visit('src/api/schema.ts');
  const faces = [...targets.keys()].filter((file) => file.endsWith('.graphql.ts'));
  expect(faces.filter((file) => !reached.has(file))).toEqual([]);
});
