import type { Reservation } from '../../src/providers/reservation.ts';

/** For calls that a test makes of a provider directly: nobody keeps a ledger of them. */
export const freeReservation = (operationKey: string): Reservation =>
  ({ operationKey, microUsd: 0 }) as Reservation;
