/** How often Google is asked. */
import { pacificDayEnd, pacificDayStart } from '../../core/pacific-day.ts';
import type { Settings } from '../../platform/settings/settings.ts';
import type { DailyLimit, RateLimit } from '../rate-limit.ts';
import type { GoogleModel } from './models.ts';

/**
 * Clips by each way of ordering them unless the settings say otherwise: below what accounts were told. Omni: 8 requests a
 * minute and 100 a day at tier 2 (public reports, 2026-09-03 and 2026-09-14). Veo on Vertex: 50 a minute (cloud.google.com,
 * quotas, 2026-10), none for a day.
 */
const CLIPS: Readonly<Record<'OMNI' | 'VEO', { perMinute: number; perDay: number | null }>> = {
  OMNI: { perMinute: 5, perDay: 90 },
  VEO: { perMinute: 10, perDay: null },
};

/** Its daily quotas begin anew at midnight in Los Angeles (ai.google.dev/gemini-api/docs/rate-limits, 2026-10). */
const dayOf: DailyLimit['dayOf'] = (now) => ({ start: pacificDayStart(now), end: pacificDayEnd(now) });

const MINUTE = 60;

/** The limits of a process with these settings, for such a model of clips. */
export function ratesOf(
  settings: Settings,
  { protocol }: GoogleModel,
): Record<'KEYFRAME' | 'CLIP', RateLimit> {
  const usual = CLIPS[protocol === 'VEO' ? 'VEO' : 'OMNI'];
  const perMinute = settings.googleClipsPerMinute ?? usual.perMinute;
  const perDay = settings.googleClipsPerDay ?? usual.perDay;
  return {
    KEYFRAME: { calls: settings.googleFramesPerMinute, seconds: MINUTE },
    CLIP: {
      calls: perMinute,
      seconds: MINUTE,
      ...(perDay !== null && { daily: { calls: perDay, dayOf } }),
    },
  };
}
