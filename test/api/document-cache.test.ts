import { expect, test } from 'vitest';
import { DocumentCache } from '../../src/api/operations/document-cache.ts';
import { parseDocument } from '../../src/graphql/parse-document.ts';

const MEBIBYTE = 1_024 * 1_024;
const documentOf = (text: string) => parseDocument(text, 10_000);
const fields = (count: number, name: string) => `{ ${`${name} `.repeat(count)}}`;

function keep(cache: DocumentCache, text: string): void {
  cache.keep(text, documentOf(text));
}

test('however many valid documents come, they take no more memory than was given', () => {
  const cache = new DocumentCache(MEBIBYTE);
  for (let index = 0; index < 200; index += 1) keep(cache, fields(300, `f${index}`));
  expect(cache.bytes).toBeLessThanOrEqual(MEBIBYTE);
  expect(cache.get(fields(300, 'f199'))).toBeDefined();
  expect(cache.get(fields(300, 'f0'))).toBeUndefined();
});

test('a document of many tokens counts as what it takes in memory, not as its text', () => {
  const [dense, thin] = [new DocumentCache(MEBIBYTE), new DocumentCache(MEBIBYTE)];
  keep(dense, fields(1_000, 'a'));
  keep(thin, `{ a } # ${'x'.repeat(2_000)}`);
  expect(dense.bytes).toBeGreaterThan(50 * thin.bytes);
});

test('a large document is kept once it comes again', () => {
  const cache = new DocumentCache(MEBIBYTE);
  const text = `{ a } # ${'x'.repeat(17_000)}`;
  keep(cache, text);
  expect(cache.get(text)).toBeUndefined();
  keep(cache, text);
  expect(cache.get(text)).toBeDefined();
});

test('one that is larger than the whole cache is not kept, and costs the others nothing', () => {
  const cache = new DocumentCache(100_000);
  keep(cache, '{ a }');
  keep(cache, fields(1_000, 'a'));
  expect(cache.get('{ a }')).toBeDefined();
  expect(cache.get(fields(1_000, 'a'))).toBeUndefined();
});
