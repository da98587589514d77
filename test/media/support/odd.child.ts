import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { InvalidInputError } from '../../../src/core/errors.ts';
import { serveChildJob } from '../../../src/media/child/main.ts';

export type OddJob =
  | { kind: 'ECHO'; value: unknown }
  | { kind: 'ENVIRONMENT' }
  | { kind: 'REFUSE' }
  | { kind: 'DIE' }
  /** Answers, and then has an exit that never ends. */
  | { kind: 'STAY' }
  | { kind: 'KILLED' }
  | { kind: 'SPIN' }
  | { kind: 'WRITE'; file: string; bytes: number }
  | { kind: 'HANG'; pidFile: string }
  /** Waits for nothing, unless the file is there already: then it answers. */
  | { kind: 'STICK_ONCE'; pidFile: string }
  | { kind: 'SLOW'; pidFile: string; seconds: number };

serveChildJob(async (job: OddJob, progress) => {
  switch (job.kind) {
    case 'ECHO':
      progress(0.5);
      return job.value;
    case 'ENVIRONMENT':
      return process.env;
    case 'REFUSE':
      throw new InvalidInputError([{ path: ['seconds'], message: 'Must be positive.' }]);
    case 'DIE':
      console.error('the tape is torn');
      process.exit(7);
    case 'STAY':
      process.on('exit', () => {
        for (;;) Math.random();
      });
      return 'done';
    case 'KILLED':
      process.kill(process.pid, 'SIGKILL');
      return new Promise(() => {});
    case 'SPIN':
      for (;;) Math.random();
    case 'WRITE':
      return writeFile(job.file, Buffer.alloc(job.bytes));
    case 'HANG':
      writeFileSync(job.pidFile, String(process.pid));
      return new Promise(() => {});
    case 'STICK_ONCE':
      if (existsSync(job.pidFile)) return 'done';
      writeFileSync(job.pidFile, String(process.pid));
      return new Promise(() => {});
    case 'SLOW':
      appendFileSync(job.pidFile, `${process.pid}\n`);
      for (let share = 0; share < 1; share += 0.05) {
        progress(share);
        await setTimeout(job.seconds * 50);
      }
      return 'done';
    default:
      throw new Error(`There is no such job: ${JSON.stringify(job)}`);
  }
});
