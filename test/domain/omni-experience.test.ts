import { describe, expect, test } from 'vitest';
import {
  candidates,
  type Experience,
  learn,
  type Lesson,
  NOTHING_LEARNT,
  readExperience,
  restedAt,
} from '../../src/providers/google/omni/experience.ts';
import { KNOWN, SURVIVES_A_STOP, type Transport } from '../../src/providers/google/omni/transports.ts';

const NOON = new Date('2026-11-29T12:00:00Z');
const later = (hours: number) => new Date(NOON.getTime() + hours * 3_600_000);
const after = (...lessons: Lesson[]): Experience =>
  lessons.reduce((learnt, lesson) => learn(learnt, lesson, NOON), NOTHING_LEARNT);

const auto = (learnt: Experience, at = NOON) => candidates('auto', KNOWN.GEMINI.order, learnt, at);
const lost = (of: Transport): Lesson => ({ saw: 'LOST', of });

describe('by auto', () => {
  test('what is known to work and survives a stop is tried first, by surface', () => {
    expect(auto(NOTHING_LEARNT)).toEqual(['stream', 'hold', 'background']);
    expect(candidates('auto', KNOWN.VERTEX.order, NOTHING_LEARNT, NOON)[0]).toBe('background');
    for (const { order } of Object.values(KNOWN)) expect(order[0] && SURVIVES_A_STOP[order[0]]).toBe(true);
  });

  test('what worked here goes before what is only told, if it survives a stop', () => {
    expect(auto(after({ saw: 'WORKS', of: 'stream' }))[0]).toBe('stream');
    expect(auto(after({ saw: 'READ', way: 'any', of: 'background' }))[0]).toBe('background');
    const held: Lesson = { saw: 'WORKS', of: 'hold' };
    expect(auto(after(held))).toEqual(['stream', 'hold', 'background']);
    // Tried here and lost: what works goes first, also once it need not rest any more.
    expect(auto(after(held, lost('stream')))).toEqual(['hold', 'stream', 'background']);
    expect(auto(after(held, { saw: 'REFUSED', of: 'stream' }), later(2))[0]).toBe('hold');
  });

  test('one background interaction that could not be read is enough: none is ordered so for a day', () => {
    const learnt = after({ saw: 'READ', way: 'any', of: 'background' }, lost('background'));
    expect(auto(learnt)).toEqual(['stream', 'hold']);
    expect(auto(learnt, later(25))).toEqual(['stream', 'hold', 'background']);
  });

  test('what is refused as a way to order is not tried again for a while', () => {
    expect(auto(after({ saw: 'REFUSED', of: 'hold' }))).toEqual(['stream', 'background']);
  });
});

describe('clips of which nobody knows', () => {
  const thrice = [lost('hold'), lost('hold'), lost('hold')];

  test('are three in a row by one transport at the most; then it rests for an hour', () => {
    expect(candidates('hold', [], after(lost('hold'), lost('hold')), NOON)).toEqual(['hold']);
    expect(candidates('hold', [], after(...thrice), NOON)).toEqual([]);
    expect(candidates('hold', [], after(...thrice), later(1.1))).toEqual(['hold']);
    expect(auto(after(...thrice))).toEqual(['stream', 'background']);
  });

  test('are counted anew once one came through', () => {
    const learnt = after(...thrice.slice(1), { saw: 'WORKS', of: 'hold' }, ...thrice.slice(1));
    expect(candidates('hold', [], learnt, NOON)).toEqual(['hold']);
  });

  test('leave nothing to try where every transport rests', () => {
    const all = (['hold', 'stream', 'background'] as const).flatMap((of) => [lost(of), lost(of), lost(of)]);
    expect(auto(after(...all))).toEqual([]);
    const order = ['background', 'stream', 'hold'] as const;
    expect(restedAt('auto', order, after(...all), NOON)).toEqual(later(1));
    expect(restedAt('auto', order, after(...thrice), NOON)).toBeNull();
  });
});

test('an experience is read as it was written; what is none is as nothing learnt', () => {
  const learnt = after({ saw: 'READ', way: 'GET', of: 'background' }, lost('hold'));
  expect(readExperience(JSON.stringify(learnt))).toEqual(learnt);
  for (const text of [null, '', '{', '[]', '{"transports":{"pigeon":{}},"way":null}'])
    expect(readExperience(text)).toEqual(NOTHING_LEARNT);
});
