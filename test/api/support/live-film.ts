import type { Client, FormattedExecutionResult } from 'graphql-ws';
import { afterEach, beforeEach } from 'vitest';
import { encodeGlobalId } from '../../../src/core/ids.ts';
import { scopesOf } from '../../../src/core/scopes.ts';
import { type AuditEntry, recordAudit } from '../../../src/features/audit/log/audit.ts';
import { type Seed, seedFilm } from '../../support/seed.ts';
import { useTestApi } from '../../support/test-api.ts';

export type Events<Data> = AsyncIterableIterator<FormattedExecutionResult<{ event: Data }, unknown>>;

/** A server for the tests of a file, and for each of them a new film and a client that is connected to nothing yet. */
export class LiveFilm {
  readonly api = useTestApi();
  film!: Seed;
  client!: Client;

  /** Makes them before the tests of the file that calls it, and ends them after. */
  static forEachTest(): LiveFilm {
    const live = new LiveFilm();
    beforeEach(async () => {
      live.film = await seedFilm(live.api.ctx);
      live.client = live.api.connect();
    });
    afterEach(() => live.client.dispose());
    return live;
  }

  /** Global ids. */
  get project(): string {
    return encodeGlobalId('Project', this.film.projectId);
  }

  get run(): string {
    return encodeGlobalId('PipelineRun', this.film.runId);
  }

  /** Commits an entry of the log; one that the project tells unless `entry` says otherwise. */
  say(message: string, entry: Partial<AuditEntry> = {}): Promise<void> {
    const { projectId } = this.film;
    const subject = { type: 'Project', id: projectId } as const;
    return this.api.db.$transaction((tx) =>
      recordAudit(tx, this.api.ctx.actor, {
        subject,
        scopes: scopesOf({ Project: projectId }),
        eventType: 'API_CALL',
        message,
        ...entry,
      }),
    );
  }

  /** Commits how far the run is. */
  progress(to: string, percent: number): Promise<void> {
    const { projectId, runId } = this.film;
    return this.say(`At ${percent}.`, {
      subject: { type: 'PipelineRun', id: runId },
      scopes: scopesOf({ Project: projectId, PipelineRun: runId }),
      eventType: 'STATE_CHANGE',
      details: { from: 'RUNNING', to, stage: 'CLIPS', percent, estimatedSecondsLeft: null },
    });
  }

  /** Commits that a scene moved, as whoever moves it does: the row and the entry in one transaction. */
  move(from: string, to: 'PENDING' | 'VIDEO_DONE' | 'FAILED', sceneIndex = 0): Promise<void> {
    const { projectId, runId, sceneIds } = this.film;
    const id = sceneIds[sceneIndex] ?? '';
    return this.api.db.$transaction(async (tx) => {
      const data = { status: to, version: { increment: 1 } };
      const { version } = await tx.scene.update({ where: { id }, data });
      await recordAudit(tx, this.api.ctx.actor, {
        subject: { type: 'Scene', id },
        scopes: scopesOf({ Project: projectId, PipelineRun: runId }),
        eventType: 'STATE_CHANGE',
        version,
        message: `Scene is ${to}.`,
        details: { from, to },
      });
    });
  }

  /** Subscribes with a document whose field is called `event`. */
  follow<Data>(query: string, variables: Record<string, unknown>): Events<Data> {
    return this.client.iterate({ query, variables });
  }
}

/** The next `count` events. */
export async function take<Data>(events: Events<Data>, count: number): Promise<Data[]> {
  const taken: Data[] = [];
  while (taken.length < count) {
    const { value, done } = await events.next();
    if (done) throw new Error(`Ended after ${taken.length} events`);
    if (!value.data) throw new Error(`No event but ${JSON.stringify(value)}`);
    taken.push(value.data.event);
  }
  return taken;
}

/** The next `count` events after the marker. */
export const takeChanges = async <Data>(events: Events<Data>, count: number): Promise<Data[]> =>
  (await take(events, count + 1)).slice(1);
