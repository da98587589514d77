import { describe, expect, test } from 'vitest';
import { instrument, type Mutant } from './instrument.ts';
import { sitesOf } from './sites.ts';

const SOURCE = `
const LIMIT = 3;
export function pick(all: readonly number[], more = false): number | undefined {
  const kept: { most: 5 } | number[] = all.filter((each) => each > LIMIT && !more);
  if (kept.length === 0) throw new Error('Nothing is left of ' + all.length);
  kept.reverse();
  return more ? kept[0] : kept.at(-1);
}`;

const changes = sitesOf('pick.ts', SOURCE).map(
  ({ start, end, changed }) => `${SOURCE.slice(start, end)} -> ${changed}`,
);

describe('a source', () => {
  test('is broken where it compares, counts, decides and acts; not in its types and words', () => {
    expect(changes).toEqual([
      '3 -> 4',
      'false -> true',
      'each > LIMIT && !more -> (each > LIMIT) || (!more)',
      'each > LIMIT -> (each) >= (LIMIT)',
      '!more -> more',
      'kept.length === 0 -> !(kept.length === 0)',
      'kept.length === 0 -> (kept.length) !== (0)',
      '0 -> 1',
      "throw new Error('Nothing is left of ' + all.length); -> null",
      'kept.reverse(); -> null',
      'more ? kept[0] : kept.at(-1) -> (more) ? (kept.at(-1)) : (kept[0])',
      '0 -> 1',
      '1 -> 2',
    ]);
  });

  test('holds each change beside what it was, and asks which is on', () => {
    const [first] = sitesOf('one.ts', 'f(a < 2);\\n');
    const [call] = sitesOf('two.ts', 'function g() { f(); }');
    const mutant = (site: typeof first): Mutant[] => (site ? [{ ...site, id: 7, file: 'x.ts' }] : []);
    expect(instrument('f(a < 2);\\n', mutant(first), '/switch.mjs')).toBe(
      "import { isMutant__ } from '/switch.mjs';f((isMutant__(7) ? ((a) <= (2)) : (a < 2)));\\n",
    );
    expect(instrument('function g() { f(); }', mutant(call), '/switch.mjs')).toContain(
      '{ { if (!isMutant__(7)) { f(); } } }',
    );
  });
});
