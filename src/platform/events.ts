import type { Notifications } from './notifications.ts';

/** Channel the audit trigger notifies on (migration `audit_order`). */
const CHANNEL = 'vidpipe_audit';

/** An audit entry was committed. Ids only: whoever cares reads the log. */
export type AuditSignal = {
  sequence: string;
  workspaceId: string;
  subjectType: string;
  subjectId: string;
};

type Listener = (signal: AuditSignal | null) => void;

/** Tells this process of every committed audit entry, whichever process wrote it. */
export type Events = {
  /**
   * Calls `listener` for each entry, in log order, after its commit.
   * `null` means that entries may have been missed (the connection was lost), or that it is time to look anyway: read
   * the log again.
   *
   * @returns a function that ends it.
   */
  listen(listener: Listener): () => void;
  close(): void;
};

/** How often all are told to look for themselves: a second source, should notifications fail in silence. */
const LOOK_MILLISECONDS = 5_000;

/** Starts to hand out the log's notifications within this process. */
export async function openEvents(notifications: Notifications): Promise<Events> {
  const listeners = new Set<Listener>();
  const publish: Listener = (signal) => {
    for (const listener of listeners) listener(signal);
  };
  await notifications.subscribe(
    CHANNEL,
    (payload) => publish(JSON.parse(payload) as AuditSignal),
    () => publish(null),
  );
  const looking = setInterval(() => publish(null), LOOK_MILLISECONDS).unref();
  return {
    close: () => clearInterval(looking),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
