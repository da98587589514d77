import { ownedThrough } from '../../platform/database/owned.ts';

/** The dead letters `actor` may see: those of the actor's runs. */
export const visibleLetters = ownedThrough('DeadLetter', 'run');
