/** Why requests, sockets and operations are turned away, for `/metrics`. */
export const REFUSAL_REASONS = [
  'host',
  'origin',
  'key',
  'stopping',
  'process_sockets',
  'key_sockets',
  'address_sockets',
  'socket_operations',
  'large_requests',
  'uploads',
] as const;

export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** How often each happened. */
export class Refusals {
  readonly counts = Object.fromEntries(REFUSAL_REASONS.map((reason) => [reason, 0])) as Record<
    RefusalReason,
    number
  >;

  count(reason: RefusalReason): void {
    this.counts[reason] += 1;
  }
}
