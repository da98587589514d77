/** When prices hold. Days are UTC. */
import type { Price } from '../../providers/price.ts';

/** Days after which a price is flagged; ours: vendors change theirs every few months. */
export const STALE_DAYS = 90;

const DAY_MS = 86_400_000;

/** The day (UTC) of a moment: `2026-11-29`. */
export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

/** The day (UTC) that is so many after a moment's. */
export const daysLater = (moment: Date, days: number): string =>
  dayOf(new Date(moment.getTime() + days * DAY_MS));

/** Whether the vendor may charge another price now: it was read long ago, or is past its end. */
export const isStale = ({ asOf, until }: Pick<Price, 'asOf' | 'until'>, now: Date): boolean =>
  Math.floor((now.getTime() - Date.parse(asOf)) / DAY_MS) > STALE_DAYS ||
  (until !== undefined && until < dayOf(now));

/** Whether a price holds on a day. */
export const holdsOn = ({ from, until }: Pick<Price, 'from' | 'until'>, day: string): boolean =>
  (from === undefined || from <= day) && (until === undefined || day <= until);
