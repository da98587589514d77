import { flows } from '../../src/features/pipelines/flows.ts';
import type { Ctx } from '../../src/platform/context.ts';
import { openLog } from '../../src/platform/log.ts';
import type { Going, Task } from '../../src/worker/task.ts';

/** Starts a task of the worker's alone, as a process does. */
export const startTask = (ctx: Ctx, task: Task, log = openLog(process.env['LOG_LEVEL'] ?? 'fatal')): Going =>
  task(ctx, { flows, log });
