/** What was learnt of the ways to speak to Omni, and which is tried next. Pure. */
import { z } from 'zod';
import { SURVIVES_A_STOP, type Transport, TRANSPORTS } from './transports.ts';

const seen = z.object({
  /** `LOST`: what was ordered by it could not be had; `REFUSED`: it is not taken. */
  state: z.enum(['WORKS', 'LOST', 'REFUSED']),
  /** Clips in a row that could not be had. */
  lost: z.int().min(0),
  at: z.iso.datetime(),
});

const experience = z.object({
  transports: z.partialRecord(z.enum(TRANSPORTS), seen),
  /** The way of reading that gave an answer last. */
  way: z.string().nullable(),
});
export type Experience = z.infer<typeof experience>;
type Seen = z.infer<typeof seen>;

export const NOTHING_LEARNT: Experience = { transports: {}, way: null };

/** An experience that was written down; nothing learnt where it is none. */
export function readExperience(text: string | null): Experience {
  try {
    return experience.parse(JSON.parse(text ?? ''));
  } catch {
    return NOTHING_LEARNT;
  }
}

/** Something that was seen. */
export type Lesson =
  | { saw: 'WORKS' | 'LOST' | 'REFUSED'; of: Transport }
  /** An answer was read this way; and so what was ordered by `of`. */
  | { saw: 'READ'; way: string; of: Transport };

/** The experience after a lesson. */
export function learn(before: Experience, lesson: Lesson, now: Date): Experience {
  const lost = lesson.saw === 'LOST' ? (before.transports[lesson.of]?.lost ?? 0) + 1 : 0;
  const state = lesson.saw === 'READ' ? 'WORKS' : lesson.saw;
  return {
    way: lesson.saw === 'READ' ? lesson.way : before.way,
    transports: { ...before.transports, [lesson.of]: { state, lost, at: now.toISOString() } },
  };
}

/** Whether two say the same, but for when. */
export const isSame = (one: Experience, other: Experience): boolean =>
  withoutTimes(one) === withoutTimes(other);

const withoutTimes = ({ way, transports }: Experience): string =>
  JSON.stringify([way, TRANSPORTS.map((name) => [transports[name]?.state, transports[name]?.lost])]);

/** Clips in a row that may be lost by one transport, before it rests; each may have been paid for. Ours. */
export const MOST_LOST = 3;

const HOUR_MS = 3_600_000;
/** For how long a transport rests: a network that breaks connections is mended sooner than an interface. Ours. */
const RESTS_MS: Readonly<Record<Transport, number>> = {
  background: 24 * HOUR_MS,
  hold: HOUR_MS,
  stream: HOUR_MS,
};

/** Until when a transport rests; null for one that may be used. */
export function restsUntil(
  transport: Transport,
  { transports }: Experience,
  mostLost: number,
  now: Date,
): Date | null {
  const last = transports[transport];
  if (!last || !isBad(last, mostLost)) return null;
  const until = new Date(Date.parse(last.at) + RESTS_MS[transport]);
  return until > now ? until : null;
}

const isBad = ({ state, lost }: Seen, mostLost: number): boolean =>
  state === 'REFUSED' || (state === 'LOST' && lost >= mostLost);

/** Until when each rests that may be tried at all; null for one that may be used. */
function restsOf(setting: Transport | 'auto', order: readonly Transport[], learnt: Experience, now: Date) {
  const isAuto = setting === 'auto';
  const mostLost = (name: Transport) => (isAuto && name === 'background' ? 1 : MOST_LOST);
  return (isAuto ? order : [setting]).map((name) => ({
    name,
    until: restsUntil(name, learnt, mostLost(name), now),
  }));
}

/** When the first of them may be used again that all rest; null if one may be used. */
export function restedAt(
  setting: Transport | 'auto',
  order: readonly Transport[],
  learnt: Experience,
  now: Date,
): Date | null {
  const times = restsOf(setting, order, learnt, now).map(({ until }) => until?.getTime() ?? -Infinity);
  const first = Math.min(...times);
  return Number.isFinite(first) ? new Date(first) : null;
}

/**
 * What may be tried, best first, each unless it rests: what worked here and survives a stop, then the first of `order` where
 * it does so and was not tried here yet, then what worked here, then the others. One that is set is used alone; by `auto`, a
 * background interaction that could not be read is not ordered a second time.
 */
export function candidates(
  setting: Transport | 'auto',
  order: readonly Transport[],
  learnt: Experience,
  now: Date,
): Transport[] {
  const able = restsOf(setting, order, learnt, now).flatMap(({ name, until }) => (until ? [] : [name]));
  const rank = (name: Transport): number => {
    const last = learnt.transports[name];
    if (last?.state === 'WORKS') return SURVIVES_A_STOP[name] ? 0 : 2;
    return !last && name === order[0] && SURVIVES_A_STOP[name] ? 1 : 3;
  };
  return able.toSorted((one, other) => rank(one) - rank(other));
}
