import { setTimeout } from 'node:timers/promises';
import { isOutage, throughOutages } from '../../../platform/database/outage.ts';
import { NotStored } from './postponed.ts';

/** Milliseconds to wait before each further try of a write. */
const STORE_AGAIN_MS = [200, 1_000];

/**
 * Writes what a step came to, again where that fails: a database that is away for a moment loses nothing.
 *
 * @param isBought what was bought is held through an outage, once; written late, it is kept all the same.
 * @throws {NotStored} once the last try has failed.
 */
export async function store(
  write: () => Promise<void>,
  isBought: boolean,
  [wait, ...waits] = STORE_AGAIN_MS,
): Promise<void> {
  try {
    await (isBought ? throughOutages(write) : write());
  } catch (error) {
    if (wait === undefined || (isBought && isOutage(error))) throw new NotStored(error);
    await setTimeout(wait);
    await store(write, isBought, waits);
  }
}
