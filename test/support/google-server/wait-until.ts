import { setTimeout } from 'node:timers/promises';

/** Waits until the clock shows a time; a timer alone may come a moment before it. */
export async function waitUntil(milliseconds: number): Promise<void> {
  while (Date.now() < milliseconds) await setTimeout(milliseconds - Date.now());
}
