/** Which character parts the cells, from the beginning of a text. */
import type { Delimiter } from '../sheet.ts';

const CANDIDATES: readonly Delimiter[] = [',', ';', '\t', '|'];
/** UTF-16 units that are looked at. */
export const DELIMITER_SAMPLE_UNITS = 64 * 1_024;
/** In a row; of candidates that part all rows alike, the one that parts more is taken, up to here. */
const MOST_COUNTED = 50;

/** What spreadsheets write ahead of everything to say it themselves. */
const SAID = /^sep=([,;\t|])\r?\n/i;

/** The delimiter, and how many units at the beginning only say so and belong to no row. */
export function findDelimiter(sample: string): { delimiter: Delimiter; skip: number } {
  const said = SAID.exec(sample);
  if (said) return { delimiter: said[1] as Delimiter, skip: said[0].length };
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of CANDIDATES) {
    const score = scoreOf(countsIn(sample, delimiter));
    if (score > best.score) best = { delimiter, score };
  }
  return { delimiter: best.delimiter, skip: 0 };
}

/** A delimiter stands in the header, and in most rows as often as there. */
function scoreOf([header = 0, ...others]: readonly number[]): number {
  if (header === 0) return 0;
  const alike = others.filter((count) => count === header).length;
  return ((alike + 1) / (others.length + 1)) * 100 + Math.min(header, MOST_COUNTED);
}

/** How often it stands outside quotes, for each row that is not blank; of a row that the sample cuts, nothing, unless it is the only one. */
function countsIn(sample: string, delimiter: string): number[] {
  const counts: number[] = [];
  let [count, isBlank, isQuoted, isCellStart] = [0, true, false, true];
  for (const unit of sample) {
    if (isQuoted) {
      // A doubled quote closes and opens again.
      if (unit === '"') [isQuoted, isCellStart] = [false, true];
    } else if (unit === '"' && isCellStart) [isQuoted, isBlank] = [true, false];
    else if (unit === delimiter) [count, isCellStart, isBlank] = [count + 1, true, false];
    else if (unit === '\n' || unit === '\r') {
      if (!isBlank) counts.push(count);
      [count, isBlank, isCellStart] = [0, true, true];
    } else [isCellStart, isBlank] = [false, false];
  }
  const isWhole = sample.length < DELIMITER_SAMPLE_UNITS;
  return (!isBlank && isWhole) || counts.length === 0 ? [...counts, count] : counts;
}
