/** What a process and all that it started hold in memory, as the kernel tells it (Linux). */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** A process by what it runs: "main", "proxy.child"; KiB. */
export type Held = { script: string; peakKib: number; sharedFairlyKib: number };

/** From here on the peak of a process is that of what comes (proc(5), clear_refs). */
export const forgetPeak = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');

/** Reads `pid` and its descendants; one that ends meanwhile is left out. */
export function heldBy(pid: number): Held[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = Number(/^PPid:\s+(\d+)$/m.exec(read(`/proc/${name}/status`))?.[1] ?? 0);
    parents.set(Number(name), parent);
  }
  const isOurs = (at: number): boolean => at === pid || (at > 1 && isOurs(parents.get(at) ?? 0));
  return [...parents.keys()].filter(isOurs).flatMap(heldByOne);
}

function heldByOne(pid: number): Held[] {
  const peak = kibOf('VmHWM', read(`/proc/${pid}/status`));
  // What several map is counted once in all: each has its share of it.
  const fair = kibOf('Pss', read(`/proc/${pid}/smaps_rollup`));
  if (peak === null || fair === null) return [];
  const [script = 'other'] = read(`/proc/${pid}/cmdline`).match(/[\w.-]+(?=\.[jt]s(\0|$))/) ?? [];
  return [{ script, peakKib: peak, sharedFairlyKib: fair }];
}

function kibOf(name: string, text: string): number | null {
  const [, kib] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text) ?? [];
  return kib === undefined ? null : Number(kib);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
