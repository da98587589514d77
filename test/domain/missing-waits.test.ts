/** When a provider is asked again about a clip that it does not know. */
import { expect, test } from 'vitest';
import { waitBeforeNext } from '../../src/features/video-clips/verdict-rules.ts';
import { loadConfig } from '../../src/platform/config.ts';
import type { ClipVerdict } from '../../src/providers/clip-verdict.ts';

const MISSING: ClipVerdict = { verdict: 'NOT_KNOWN', about: 'NOT_FOUND', words: '404' };
const later = (retryAfterSeconds: number | null): ClipVerdict => ({
  verdict: 'TRY_AGAIN_LATER',
  words: '503',
  retryAfterSeconds,
});

test('each wait is as long as all before it, two minutes at the most, until five minutes are over', () => {
  const bound = loadConfig({}).googleMissingSeconds;
  const waits: number[] = [];
  for (let missingFor = 0; missingFor <= bound; missingFor += waits.at(-1) ?? 0)
    waits.push(waitBeforeNext(MISSING, 10, missingFor));
  expect({ bound, waits }).toEqual({ bound: 300, waits: [10, 10, 20, 40, 80, 120, 120] });
});

test.each<[string, ClipVerdict, number]>([
  ['it names a longer one', later(30), 30],
  ['it names a shorter one', later(2), 10],
  ['it names none', later(null), 10],
  ['it is at work', { verdict: 'STILL_WORKING' }, 10],
])('for any other answer it is the usual wait, or the one that is named: %s', (_what, told, seconds) => {
  expect(waitBeforeNext(told, 10, 250)).toBe(seconds);
});
