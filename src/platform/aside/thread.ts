/** Thread that does what would hold the event loop up. */
import { enableCompileCache } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { COMPILE_CACHE } from '../compile-cache.ts';
import type { Answer, Request, Task } from './task.ts';

enableCompileCache(COMPILE_CACHE);
const port = parentPort!;

async function answerTo({ id, module, input }: Request): Promise<Answer> {
  try {
    const { default: task } = (await import(module)) as { default: Task };
    const from = process.threadCpuUsage();
    const result = input === undefined ? undefined : task(input);
    const { user, system } = process.threadCpuUsage(from);
    return { id, kind: 'done', result, milliseconds: (user + system) / 1_000 };
  } catch (error) {
    return { id, kind: 'failed', error };
  }
}

port.on('message', async (request: Request) => port.postMessage(await answerTo(request)));
