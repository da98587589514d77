/** Days as clocks at Google's headquarters turn them: its daily quotas begin anew at their midnight. Pure. */

const CLOCK = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/Los_Angeles',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
});

/** Midnight there is at one of these hours (UTC): in summer, in winter. */
const MIDNIGHTS = [7, 8];

function clockAt(time: number): { year: number; month: number; day: number; hour: number } {
  const parts = CLOCK.formatToParts(time);
  const numberOf = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value);
  return { year: numberOf('year'), month: numberOf('month'), day: numberOf('day'), hour: numberOf('hour') };
}

/** When a day there began, counted in days from the one of `now`: 0 is that day itself, 1 the next. */
function midnight(now: Date, daysLater: number): Date {
  const { year, month, day } = clockAt(now.getTime());
  const times = MIDNIGHTS.map((hour) => Date.UTC(year, month - 1, day + daysLater, hour));
  return new Date(times.find((time) => clockAt(time).hour === 0) ?? Number.NaN);
}

/** When the day of `now` began in Los Angeles. */
export const pacificDayStart = (now: Date): Date => midnight(now, 0);

/** When the next day begins in Los Angeles. */
export const pacificDayEnd = (now: Date): Date => midnight(now, 1);
