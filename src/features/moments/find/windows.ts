/** A stretch of the video that follows another. */
export type Stretch = { startSeconds: number; endSeconds: number };
/** Whole stretches, from the first up to and with the last. */
export type Window = { first: number; last: number };

/** So many ends are tried for each beginning, or 30,000 words of a second each would be millions of windows. */
const ENDS_TRIED = 16;

/** Runs of whole stretches within the lengths, by beginning, then by end. */
export function windowsOf(stretches: readonly Stretch[], shortest: number, longest: number): Window[] {
  const windows: Window[] = [];
  let [low, high] = [0, 0];
  for (const [first, { startSeconds }] of stretches.entries()) {
    const seconds = (last: number) => (stretches[last]?.endSeconds ?? Infinity) - startSeconds;
    low = Math.max(low, first);
    while (low < stretches.length && seconds(low) < shortest) low += 1;
    high = Math.max(high, low);
    while (high < stretches.length && seconds(high) <= longest) high += 1;
    const ends = high - low;
    const tried = Math.min(ends, ENDS_TRIED);
    for (let k = 0; k < tried; k += 1) windows.push({ first, last: low + Math.floor((k * ends) / tried) });
  }
  return windows;
}
