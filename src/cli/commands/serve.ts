import { loadConfig } from '../../platform/config.ts';
import { maskPassword } from '../../platform/config-description.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { onInterrupt } from '../interrupt.ts';
import { openServer } from '../serve/open-server.ts';

export type ServeOptions = { host?: string; port?: string; role?: string };

/** Serves until Ctrl-C or SIGTERM; work that was going on is taken up at the next start. */
export async function serve({ host, port, role }: ServeOptions): Promise<ExitCode> {
  const config = loadConfig(process.env, { host, port, role });
  const interrupted = Promise.withResolvers<void>();
  const stopListening = onInterrupt(interrupted.resolve);
  const server = await openServer(config, true);
  const database = config.databaseUrl === null ? 'embedded' : maskPassword(config.databaseUrl);
  console.log(
    server.url === null ? 'vidpipe is working.' : `vidpipe is ready: open ${server.url} for GraphiQL.`,
  );
  console.log(`Films, frames and settings are in ${config.dataDir}; the database is ${database}.`);
  console.log('Ctrl-C stops it.');
  await interrupted.promise;
  console.log('Stopping; Ctrl-C again leaves at once.');
  await server.close();
  stopListening();
  return EXIT.ok;
}
