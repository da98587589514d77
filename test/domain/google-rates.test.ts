/** How often Google is asked: numbers that accounts were told, or the settings', by its own day. */
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/platform/config.ts';
import { MODELS } from '../../src/providers/google/models.ts';
import { ratesOf } from '../../src/providers/google/rates.ts';

const clipModels = MODELS.filter(({ call }) => call === 'CLIP');
const omni = clipModels.filter(({ protocol }) => protocol === 'OMNI');
const veo = clipModels.filter(({ protocol }) => protocol === 'VEO');

const ratesOfAll = (models: typeof MODELS, env: Record<string, string> = {}) =>
  models.map((model) => ratesOf(loadConfig(env), model));

const DAY = { dayOf: expect.any(Function) };

describe('unless the settings say otherwise', () => {
  test('each model of Omni is asked for 5 clips a minute and 90 a day, below the 8 and 100 that accounts are told', () => {
    expect(omni.length).toBeGreaterThan(1);
    for (const { CLIP } of ratesOfAll(omni))
      expect(CLIP).toEqual({ calls: 5, seconds: 60, daily: { calls: 90, ...DAY } });
  });

  test('each of Veo for 10 a minute and any number a day', () => {
    expect(veo.length).toBeGreaterThan(1);
    for (const { CLIP } of ratesOfAll(veo)) expect(CLIP).toEqual({ calls: 10, seconds: 60 });
  });

  test('frames have a rate too: 10 a minute, whatever films them', () => {
    for (const { KEYFRAME } of ratesOfAll(clipModels)) expect(KEYFRAME).toEqual({ calls: 10, seconds: 60 });
  });
});

test('the settings hold for every model, also where it had no daily limit', () => {
  const env = {
    VIDPIPE_GOOGLE_CLIPS_PER_MINUTE: '50',
    VIDPIPE_GOOGLE_CLIPS_PER_DAY: '7',
    VIDPIPE_GOOGLE_FRAMES_PER_MINUTE: '3',
  };
  for (const rates of ratesOfAll(clipModels, env))
    expect(rates).toEqual({
      KEYFRAME: { calls: 3, seconds: 60 },
      CLIP: { calls: 50, seconds: 60, daily: { calls: 7, ...DAY } },
    });
});

test.each([
  ['in winter', '2026-11-29T23:00:00Z', '2026-11-29T08:00:00Z', '2026-11-30T08:00:00Z'],
  ['in summer', '2026-07-01T06:59:59Z', '2026-06-30T07:00:00Z', '2026-07-01T07:00:00Z'],
  [
    'of 23 hours, before its clocks change',
    '2026-03-08T09:59:59Z',
    '2026-03-08T08:00:00Z',
    '2026-03-09T07:00:00Z',
  ],
  ['of 23 hours, after it', '2026-03-09T06:59:59Z', '2026-03-08T08:00:00Z', '2026-03-09T07:00:00Z'],
  [
    'of 25 hours, before its clocks change',
    '2026-11-01T08:59:59Z',
    '2026-11-01T07:00:00Z',
    '2026-11-02T08:00:00Z',
  ],
  ['of 25 hours, after it', '2026-11-02T07:59:59Z', '2026-11-01T07:00:00Z', '2026-11-02T08:00:00Z'],
])('a day of 90 clips %s goes from midnight to midnight in Los Angeles', (_, now, start, end) => {
  const days = ratesOfAll(omni).map(({ CLIP }) => CLIP.daily?.dayOf(new Date(now)));
  for (const day of days) expect(day).toEqual({ start: new Date(start), end: new Date(end) });
});
