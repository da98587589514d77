import { format, isDateFormat } from 'numfmt';
import { GENERAL } from './styles.ts';

/** Days between the two beginnings from which dates are counted. */
const DAYS_TO_1904 = 1_462;

/** Excel keeps no more figures. */
const FIGURES = 15;

/** What numfmt shows where a date is none. */
const OVERFLOW = '######';

/** Hours, minutes or seconds in all, with no date to them. */
const DURATION = /\[[hms]+\]/i;

/** `[$€-407]`. */
const CURRENCY = /\[\$([^\]"-]*)-[^\]]*\]/g;

/** Shows the numbers of one workbook as its formats say, in English: names of months, decimal points. No clock and no zone is asked. */
export class NumberDisplay {
  readonly #isFrom1904: boolean;
  readonly #areDates = new Map<string, boolean>();

  constructor({ isFrom1904 }: { isFrom1904: boolean }) {
    this.#isFrom1904 = isFrom1904;
  }

  /** A number as it stands in the file. */
  show(written: string, code: string): string {
    const number = Number(written);
    if (!Number.isFinite(number)) return written;
    if (code === GENERAL) return plain(number);
    try {
      const shown = format(this.#withoutCountry(code), this.#since1900(number, code), {
        locale: 'en',
        nbsp: false,
        overflow: OVERFLOW,
      });
      return shown === OVERFLOW ? plain(number) : shown.trim();
    } catch {
      return plain(number);
    }
  }

  /** In a format of numbers, a currency names a country, too, whose points and commas it does not mean. */
  #withoutCountry(code: string): string {
    return this.#isDate(code) ? code : code.replaceAll(CURRENCY, (_all, symbol: string) => `"${symbol}"`);
  }

  /** What is less than a day is a time of no day. */
  #since1900(number: number, code: string): number {
    return this.#isFrom1904 && number >= 1 && this.#isDate(code) ? number + DAYS_TO_1904 : number;
  }

  #isDate(code: string): boolean {
    const known = this.#areDates.get(code);
    if (known !== undefined) return known;
    const isDate = isDateFormat(code) && !DURATION.test(code);
    this.#areDates.set(code, isDate);
    return isDate;
  }
}

const plain = (number: number): string => String(Number(number.toPrecision(FIGURES)));
