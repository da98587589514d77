/** The data directory, of which the embedded database lets in one process at a time. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../platform/config.ts';
import { CliFailure, EXIT } from '../command/exit-codes.ts';
import { findServer } from './server-file.ts';
import { directoryInUse, isDirectoryInUse } from './start-failures.ts';
import { whileSaying } from '../output/while-saying.ts';

/** How long another process may have it without telling where it is reached: it starts, leaves, or answers one command. */
const IN_BETWEEN_MS = 60_000;
const LOOK_MS = 250;

/**
 * Does `work` again for as long as another process has the data directory, for a minute at the most.
 *
 * @param signal ends the wait, with the error of the last try.
 */
export async function onceFree<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
  for (const until = performance.now() + IN_BETWEEN_MS; ;) {
    try {
      return await work();
    } catch (error) {
      if (!isDirectoryInUse(error) || signal?.aborted || performance.now() > until) throw error;
      await whileSaying('Waiting for the vidpipe that has the data directory ...', () => sleep(LOOK_MS));
    }
  }
}

/**
 * The same for work that cannot be a server's: one that has the data directory is not waited for.
 *
 * @throws {CliFailure} `noServer` if a server has the data directory.
 */
export const onceUnserved = <Result>(
  { dataDir }: Pick<Config, 'dataDir'>,
  work: () => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> =>
  onceFree(async () => {
    try {
      return await work();
    } catch (error) {
      const servedAt = isDirectoryInUse(error) ? await findServer(dataDir) : undefined;
      if (servedAt === undefined) throw error;
      throw new CliFailure(EXIT.noServer, directoryInUse(dataDir, error, servedAt));
    }
  }, signal);
