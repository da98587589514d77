import type { Judged } from './judge.ts';

/** The best sum of scores up to each stretch, with the window that ends it there. */
type Row = { sums: Float64Array; ends: (Judged | null)[] };

/** So many windows as find room beside each other, at most `count`; of all such, those with the highest sum of scores. */
export function fitting(windows: readonly Judged[], count: number): Judged[] {
  const places = windows.reduce((most, { last }) => Math.max(most, last + 1), 0);
  const byEnd = Array.from({ length: places }, (): Judged[] => []);
  for (const window of windows) byEnd[window.last]?.push(window);
  const rows: Row[] = [{ sums: new Float64Array(places + 1), ends: [] }];
  while (rows.length <= count) {
    const row = oneMore(byEnd, rows.at(-1)?.sums ?? new Float64Array());
    if (row.sums[places] === -Infinity) break;
    rows.push(row);
  }
  return traced(rows, places);
}

/** With one window more than `before` has. */
function oneMore(byEnd: readonly Judged[][], before: Float64Array): Row {
  const sums = new Float64Array(byEnd.length + 1).fill(-Infinity);
  const ends: Row['ends'] = [null];
  for (const [place, windows] of byEnd.entries()) {
    sums[place + 1] = sums[place] ?? -Infinity;
    ends[place + 1] = null;
    for (const window of windows) {
      const sum = (before[window.first] ?? -Infinity) + window.score;
      if (sum > (sums[place + 1] ?? -Infinity)) [sums[place + 1], ends[place + 1]] = [sum, window];
    }
  }
  return { sums, ends };
}

function traced(rows: readonly Row[], places: number): Judged[] {
  const windows: Judged[] = [];
  let place = places;
  for (const { ends } of rows.slice(1).toReversed()) {
    while (place > 0 && !ends[place]) place -= 1;
    const window = ends[place];
    if (!window) break;
    windows.push(window);
    place = window.first;
  }
  return windows;
}
