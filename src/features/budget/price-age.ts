import type { Price } from '../../providers/price.ts';

/** Days after which a price is flagged; ours: vendors change theirs every few months. */
export const STALE_DAYS = 90;

const DAY_MS = 86_400_000;

/** Whether a price was read so long ago that the vendor may charge another one now. */
export const isStale = ({ asOf }: Pick<Price, 'asOf'>, now: Date): boolean =>
  Math.floor((now.getTime() - Date.parse(asOf)) / DAY_MS) > STALE_DAYS;
