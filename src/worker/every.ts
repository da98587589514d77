import type { Ctx } from '../platform/context.ts';
import type { Task, TaskTools } from './task.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

export type Round = {
  /** What it is for, as the log names it: `files compared with their rows`. */
  name: string;
  /** Milliseconds from the end of one round to the next. */
  wait: number | ((now: Date) => number);
  /** One round; `signal` is aborted once it is closed. What it returns is logged. */
  work: (ctx: Ctx, tools: TaskTools & { signal: AbortSignal }) => Promise<object | void>;
};

/** Does it now and again after each wait, whatever came of the round before. A round that is going on may end. */
export const every =
  ({ name, wait, work }: Round): Task =>
  (ctx, tools) => {
    const stop = new AbortController();
    const { signal } = stop;
    let timer: NodeJS.Timeout | undefined;
    const turn = async () => {
      try {
        const done = await work(ctx, { ...tools, signal });
        tools.log.debug({ task: name, ...done }, 'a round was made');
      } catch (error) {
        if (!signal.aborted) tools.log.error({ err: error, task: name }, `A round failed: ${name}.`);
      }
      if (signal.aborted) return;
      const milliseconds = typeof wait === 'number' ? wait : wait(new Date());
      timer = setTimeout(() => (going = turn()), milliseconds).unref();
    };
    let going = turn();
    return {
      async close() {
        stop.abort(new Error('The process is stopping.'));
        clearTimeout(timer);
        await going;
      },
    };
  };
