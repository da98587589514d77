import { type Finding, problem } from '../../core/finding.ts';
import { connectServer } from './server-connections.ts';

const NAME = 'database';
/** What the program needs (decision 1). */
const OLDEST_VERSION = 15;

/** Whether PostgreSQL answers and is new enough; changes nothing there. The embedded database is always at hand. */
export async function checkDatabase(databaseUrl: string | null): Promise<Finding> {
  if (databaseUrl === null) return { name: NAME, state: 'OK', detail: 'Embedded, in the data directory.' };
  const client = connectServer(databaseUrl).open();
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>(
      "SELECT current_setting('server_version') AS version",
    );
    const version = rows[0]?.version ?? '';
    if (Number.parseInt(version, 10) >= OLDEST_VERSION)
      return { name: NAME, state: 'OK', detail: `PostgreSQL ${version}.` };
    const detail = `PostgreSQL ${version} is too old; DATABASE_URL needs ${OLDEST_VERSION} or newer.`;
    return { name: NAME, state: 'PROBLEM', detail };
  } catch (error) {
    const finding = problem(NAME, error);
    return { ...finding, detail: `DATABASE_URL: ${finding.detail}; start PostgreSQL or mend the address.` };
  } finally {
    await client.end().catch(() => {});
  }
}
