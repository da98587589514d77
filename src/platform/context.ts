import type { PrismaClient } from '../generated/prisma/client.ts';
import type { Bulk } from './database/bulk.ts';
import type { Events } from './events.ts';
import type { Outbound } from './outbound/outbound.ts';
import type { Pulse } from './pulse.ts';
import type { Queue } from './queue.ts';
import type { Secrets } from './secrets/secrets.ts';
import type { Storage } from './storage/storage.ts';

/** Who acts, and on whose behalf: every read and write is bounded by its workspace. */
export type Actor = {
  /** Written into the audit log: `local` for the person at this machine, a key's name, `worker:…` for the engine. */
  name: string;
  workspaceId: string;
};

/** What may be brought in from outside. */
export type IngestLimits = {
  /** Folder on the server that films may be taken from; null for none. */
  folder: string | null;
  /** Of one film. */
  mostBytes: number;
};

/** What a feature needs of the world. */
export type Ctx = {
  db: PrismaClient;
  bulk: Bulk;
  actor: Actor;
  queue: Queue;
  events: Events;
  storage: Storage;
  outbound: Outbound;
  ingest: IngestLimits;
  secrets: Secrets;
  pulse: Pulse;
};

/** The workspace of whoever comes without a key, where none is asked for (migration `local_workspace`). */
export const LOCAL_WORKSPACE_ID = '00000000-0000-7000-8000-000000000001';
