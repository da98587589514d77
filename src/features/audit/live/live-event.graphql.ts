import { z } from 'zod';
import type { AuditLog } from '../../../generated/prisma/client.ts';
import { builder } from '../../../graphql/builder.ts';
import type { NumberedEntry } from '../log/numbered-entry.ts';

/** What an event has of the entry it is made of. */
export type Placed = Pick<NumberedEntry, 'sequence' | 'time' | 'version'>;

/** What every event has in common. */
export const LiveEvent = builder.interfaceRef<Placed>('LiveEvent').implement({
  description: 'Something that happened, with its place in the log.',
  fields: (t) => ({
    cursor: t.string({
      description:
        'Place in the log: subscribe with it as `after` to go on from here. No two events share one.',
      resolve: cursorOf,
    }),
    occurredAt: t.expose('time', { type: 'DateTime', description: 'When it happened.' }),
    version: t.exposeInt('version', {
      nullable: true,
      description: 'Version of what changed, after it; null where it keeps none.',
    }),
  }),
});

/** Place of a committed entry in the log. */
export function cursorOf({ sequence }: Pick<AuditLog, 'sequence'>): string {
  if (sequence === null) throw new Error('An entry has its place in the log once it is committed');
  return String(sequence);
}

/** The argument every subscription takes. */
export const afterArg = {
  required: false,
  description:
    'Cursor of the last event seen: what was missed since is replayed first, in order. "0" replays all there is. A replay is never merged; only live progress for a client that is behind is.',
} as const;

const change = z.object({ from: z.string().nullish(), to: z.string() });

/** An entry that tells of a change of status. */
export type StatusChange<Status extends string> = NumberedEntry & {
  previousStatus: Status | null;
  status: Status;
};

/** The change of status an entry tells of; undefined if it tells of something else. */
export function toStatusChange<Status extends string>(
  entry: NumberedEntry,
): StatusChange<Status> | undefined {
  const { data } = change.safeParse(entry.details);
  if (!data) return undefined;
  return { ...entry, previousStatus: (data.from ?? null) as Status | null, status: data.to as Status };
}
