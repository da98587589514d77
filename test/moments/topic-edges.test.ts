import { expect, test } from 'vitest';
import { keyWeights } from '../../src/features/moments/find/subject.ts';
import { topicEdges } from '../../src/features/moments/find/topic-edges.ts';

const about = (...keys: string[]) =>
  Array.from({ length: 6 }, (_, i) => [...keys, `own${i}`, keys[i % keys.length] ?? '']);

test('the deepest place between sentences is where the subject changes', () => {
  const sentences = [
    ...about('river', 'boat', 'fish'),
    ...about('oven', 'bread', 'salt'),
    ...about('star', 'moon', 'sky'),
  ];
  const depths = topicEdges(sentences, keyWeights(sentences));
  expect(depths).toHaveLength(sentences.length + 1);
  const inner = depths.map((depth, place) => ({ depth, place })).slice(1, -1);
  const deepest = inner.toSorted((a, b) => b.depth - a.depth).slice(0, 2);
  expect(deepest.map(({ place }) => place).toSorted((a, b) => a - b)).toEqual([6, 12]);
});

test('where all sentences are alike, or none is, no place inside is an edge', () => {
  for (const sentences of [
    Array.from({ length: 9 }, () => ['same']),
    Array.from({ length: 9 }, (_, i) => [`own${i}`]),
  ])
    expect(
      topicEdges(sentences, keyWeights(sentences))
        .slice(1, -1)
        .every((depth) => Math.abs(depth) < 1e-9),
    ).toBe(true);
});

test('of nothing that was said there is one place', () => {
  expect(topicEdges([], keyWeights([]))).toHaveLength(1);
});
