import pg from 'pg';
import { newId } from '../src/core/ids.ts';
import { LOCAL_WORKSPACE_ID } from '../src/platform/context.ts';
import { openDatabase } from '../src/platform/database/database.ts';
import { makeTestDatabase, type TestDatabase } from '../test/support/test-database.ts';

/** A database with a project, whose events are published as a worker does it: on a connection of its own. */
export type LiveDatabase = TestDatabase & {
  databaseUrl: string;
  /** Commits an event, with a text of so many bytes in its `details`. */
  publish(bytes?: number): Promise<unknown>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Makes it on the server that `TEST_DATABASE_URL` names. */
export async function openLiveDatabase(): Promise<LiveDatabase> {
  const { databaseUrl, ...made } = await makeTestDatabase();
  if (databaseUrl === null) throw new Error('TEST_DATABASE_URL must name a PostgreSQL server.');
  await (await openDatabase({ url: databaseUrl })).close();
  const worker = new pg.Client({ connectionString: databaseUrl });
  await worker.connect();
  const projectId = newId();
  await worker.query(
    `INSERT INTO projects (id, workspace_id, title, prompt, updated_at)
     VALUES ($1, $2, 'Dusk', 'A lighthouse wakes.', now())`,
    [projectId, LOCAL_WORKSPACE_ID],
  );
  return {
    ...made,
    databaseUrl,
    publish: (bytes = 0) =>
      worker.query(
        `INSERT INTO audit_logs
           (id, actor, workspace_id, scopes, subject_type, subject_id, event_type, message, details)
         VALUES ($1, 'bench', $2, ARRAY['project:' || $3::text], 'Project', $3::uuid, 'STATE_CHANGE', 'It moved.',
           jsonb_build_object('text', repeat('x', $4)))`,
        [newId(), LOCAL_WORKSPACE_ID, projectId, bytes],
      ),
    async [Symbol.asyncDispose]() {
      await worker.end();
      await made.remove();
    },
  };
}
