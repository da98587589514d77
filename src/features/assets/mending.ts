import type { Ctx } from '../../platform/context.ts';
import type { Log } from '../../platform/log.ts';
import { mendFiles } from './mend-files.ts';

const HOUR_MILLISECONDS = 60 * 60_000;

/**
 * Mends files now and every hour.
 *
 * @returns what ends it; a round that is going on stops at the next project.
 */
export function startMending(ctx: Ctx, log: Log): { close(): Promise<void> } {
  const stop = new AbortController();
  const mend = async () => {
    try {
      const mended = await mendFiles(ctx, { signal: stop.signal });
      log.debug(mended, 'files were compared with their rows');
    } catch (error) {
      if (!stop.signal.aborted) log.error({ err: error }, 'Files could not be compared with their rows.');
    }
  };
  let going = mend();
  const timer = setInterval(() => {
    going = going.then(mend);
  }, HOUR_MILLISECONDS);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      stop.abort(new Error('The process is stopping.'));
      await going;
    },
  };
}
