import type { MomentReason } from './found-moments.ts';
import type { Feature } from './features/feature.ts';
import type { Window } from './windows.ts';

/** The sum of points that makes 7.3 of 5. */
const SPREAD = 3;
/** What adds or takes less is no reason. */
const LEAST_POINTS = 0.2;
/** Of what was counted, so much is shown. */
const EVIDENCE_SHOWN = 5;
const EVIDENCE_CHARACTERS = 120;

export type Judged = Window & { score: number };

/** The windows with their scores: 0 to 10, and 5 for what is as the whole video. */
export function judged(windows: readonly Window[], features: readonly Feature[]): Judged[] {
  return windows.map((window) => {
    const points = features.reduce((sum, { weight, over }) => sum + weight * over(window), 0);
    return { ...window, score: rounded(10 / (1 + Math.exp(-points / SPREAD))) };
  });
}

/** What made a window's score, the weightiest first. */
export function reasonsFor(window: Window, features: readonly Feature[]): MomentReason[] {
  return features
    .map((feature): MomentReason => {
      const reason = { feature: feature.name, points: rounded(feature.weight * feature.over(window)) };
      const evidence = shown(feature.evidence?.(window) ?? []);
      return evidence ? { ...reason, evidence } : reason;
    })
    .filter(({ points }) => Math.abs(points) >= LEAST_POINTS)
    .toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points));
}

const rounded = (value: number) => Math.round(value * 100) / 100;

function shown(evidence: readonly string[]): string {
  const text = [...new Set(evidence)].slice(0, EVIDENCE_SHOWN).join(', ');
  return text.length > EVIDENCE_CHARACTERS ? `${text.slice(0, EVIDENCE_CHARACTERS - 1).trimEnd()}…` : text;
}
