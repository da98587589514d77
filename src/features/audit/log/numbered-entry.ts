import type { AuditLog } from '../../../generated/prisma/client.ts';

/** An entry of the log that has its number. */
export type NumberedEntry = AuditLog & { sequence: bigint };

/** Whether the transaction that wrote `entry` has given it its number. */
export const isNumbered = (entry: AuditLog): entry is NumberedEntry => entry.sequence !== null;
