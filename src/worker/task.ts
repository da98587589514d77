import type { Flows } from '../features/runs/engine/pipeline.ts';
import type { Ctx } from '../platform/context.ts';
import type { Log } from '../platform/log.ts';

/** Something that goes on until it is closed. */
export type Going = {
  /** Begins nothing more, and waits for the end of what is on its way. */
  close(): Promise<void>;
};

export type TaskTools = { flows: Flows; log: Log };

/** Starts something that a worker does by itself, besides jobs. */
export type Task = (ctx: Ctx, tools: TaskTools) => Going;
