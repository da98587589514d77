import { loadConfig } from '../../platform/config.ts';
import { type Connection, connect, type Need } from './connect.ts';

/** What every command takes that asks a server. */
export type CommonOptions = {
  /** Where GraphQL is served, and what named it. */
  url?: string;
  urlFrom?: '--url' | 'VIDPIPE_URL';
  json?: boolean;
};

/**
 * Runs `work` connected to the server of `--url`, VIDPIPE_URL or the data directory, and disconnects.
 *
 * @throws {InvalidSettingsError} or {CliFailure} as the settings, the connection or `work` go wrong.
 */
export async function withServer<Result>(
  { url, urlFrom = '--url' }: CommonOptions,
  need: Need,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const connection = await connect(
    loadConfig(process.env),
    url === undefined ? null : { url, urlFrom },
    need,
  );
  const result = await work(connection).catch(async (error: unknown) => {
    // Told is what went wrong first, whatever becomes of the rest.
    await connection.close().catch(() => {});
    throw error;
  });
  await connection.close();
  return result;
}
