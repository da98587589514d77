/** How fast the rows of a job end, as far as it was watched. */
import type { Job } from './job-event.ts';

const SECONDS_IN_MINUTE = 60;

export class Pace {
  readonly #now: () => number;
  #since: { milliseconds: number; processed: number } | null = null;
  #processed = 0;

  /** @param now milliseconds of a clock that only goes on. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  see({ processedRows }: Pick<Job, 'processedRows'>): void {
    this.#processed = processedRows;
    // Rows that are retried have ended no more.
    if (this.#since === null || processedRows < this.#since.processed)
      this.#since = { milliseconds: this.#now(), processed: processedRows };
  }

  /** Rows a minute; null before one has ended. */
  get rowsAMinute(): number | null {
    if (this.#since === null || this.#processed === this.#since.processed) return null;
    const seconds = Math.max(1, (this.#now() - this.#since.milliseconds) / 1_000);
    return ((this.#processed - this.#since.processed) / seconds) * SECONDS_IN_MINUTE;
  }

  /** Until the last row ends; before one has, what was expected of all of them. Null where nobody knows. */
  secondsLeft({ totalRows, processedRows, expectedSeconds }: Job): number | null {
    const left = totalRows - processedRows;
    const pace = this.rowsAMinute;
    if (pace !== null) return (left / pace) * SECONDS_IN_MINUTE;
    return expectedSeconds === null || totalRows === 0 ? null : (expectedSeconds * left) / totalRows;
  }
}

/** `12 rows a minute`; empty before one has ended. */
export function paceWords({ rowsAMinute }: Pace): string {
  if (rowsAMinute === null) return '';
  const shown =
    rowsAMinute < 10 ? rowsAMinute.toFixed(1).replace(/\.0$/, '') : String(Math.round(rowsAMinute));
  return `${shown} ${shown === '1' ? 'row' : 'rows'} a minute`;
}
