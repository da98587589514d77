import type { Reservation } from '../../providers/reservation.ts';

/** For a call that nobody charges for. */
export const freeReservation = (operationKey: string): Reservation =>
  ({ operationKey, microUsd: 0 }) as Reservation;
