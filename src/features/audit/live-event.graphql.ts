import { z } from 'zod';
import { builder } from '../../graphql/builder.ts';
import { cursorOf } from './audit-log.graphql.ts';
import type { NumberedEntry } from './numbered-entry.ts';

/** What an event has of the entry it is made of. */
export type Placed = Pick<NumberedEntry, 'sequence' | 'time' | 'version'>;

/** What every subscription's events have in common. */
export const LiveEvent = builder.interfaceRef<Placed>('LiveEvent').implement({
  description: 'Something that happened, with the place in the log to come back to.',
  fields: (t) => ({
    cursor: t.string({
      description: 'Place in the log: subscribe with it as `after` to go on from here.',
      resolve: cursorOf,
    }),
    occurredAt: t.expose('time', { type: 'DateTime', description: 'When it happened.' }),
    version: t.exposeInt('version', {
      nullable: true,
      description: 'Version of what changed, after it; null where it keeps none.',
    }),
  }),
});

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
