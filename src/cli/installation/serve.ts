import { maskPassword } from '../../platform/config-description.ts';
import { loadConfig } from '../../platform/config.ts';
import { defineCommand } from '../command/command.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { lowerCase } from '../command/option-values.ts';
import { onInterrupt } from '../input/interrupt.ts';
import { goOnUnread } from '../output/unread.ts';
import { onceUnserved } from '../server/data-directory.ts';
import { openServer } from '../server/open-server.ts';
import { mustEndSoon } from './stop-deadline.ts';

type ServeOptions = { host?: string; port?: string; role?: string };

/** `vidpipe serve`. */
export const serve = defineCommand({
  name: 'serve',
  summary: 'serve the API and make films, until Ctrl-C',
  takes: (command) =>
    command
      .option('--role <role>', 'all, api or worker', lowerCase)
      .option('--host <host>', 'address to listen on')
      .option('--port <port>', 'port to listen on; 0 takes any free one'),
  run: serveFilms,
});

/**
 * Serves until Ctrl-C or SIGTERM, then ends within ten seconds: short steps are finished, long ones are taken up by
 * another worker or at the next start. A second signal leaves at once.
 */
async function serveFilms({ host, port, role }: ServeOptions): Promise<ExitCode> {
  goOnUnread();
  const config = loadConfig(process.env, { host, port, role });
  const interrupted = Promise.withResolvers<void>();
  const stop = new AbortController();
  // For good: until the process is gone, a second signal means "at once".
  onInterrupt(() => {
    mustEndSoon();
    stop.abort();
    interrupted.resolve();
  });
  const server = await onceUnserved(config, () => openServer(config, true), stop.signal);
  const database = config.databaseUrl === null ? 'embedded' : maskPassword(config.databaseUrl);
  console.log(
    server.url === null ? 'vidpipe is working.' : `vidpipe is ready: open ${server.url} for GraphiQL.`,
  );
  const files = config.storageUrl ?? config.dataDir;
  console.log(`Films and frames are in ${files}; the database is ${database}.`);
  if (server.metricsUrl !== null) console.log(`Metrics are at ${server.metricsUrl}.`);
  console.log('Ctrl-C stops it.');
  await interrupted.promise;
  console.log('Stopping: steps in progress get a few seconds. Ctrl-C again leaves at once.');
  await server.close();
  // Not by itself: a media child that waits for another job would keep the process for seconds.
  process.exit(EXIT.ok);
}
