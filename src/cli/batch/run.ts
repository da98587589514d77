import { defineCommand } from '../command/command.ts';
import type { ExitCode } from '../command/exit-codes.ts';
import { asking } from '../server/asking.ts';
import { withServer } from '../server/session.ts';
import { keepingCommand } from './command-line.ts';
import { linesOf, printPreview } from './preview.ts';
import { previewSheet } from './preview-sheet.ts';
import { readSheetInput, sheeting, type SheetOptions } from './sheet-options.ts';
import { confirmJob } from './start.ts';
import { agreeToStart, starting, type StartOptions } from './starting.ts';
import { watchJob } from './watch-job.ts';

/** `vidpipe batch run`. */
export const run = defineCommand({
  name: 'run',
  summary: 'preview a sheet, ask once, start its rows and wait for all of them',
  kinds: [asking, keepingCommand, sheeting, starting],
  run: runFile,
});

/** Has a sheet read, tells what comes of it, asks once, and shows the job until it has ended. */
async function runFile(file: string, options: SheetOptions & StartOptions): Promise<ExitCode> {
  const input = await readSheetInput(file, options);
  return withServer(options, 'agreed', async (connection) => {
    const { api } = connection;
    const job = await previewSheet(api, input);
    if (options.json) await printPreview(api, job);
    else for await (const line of linesOf(api, job, options)) process.stderr.write(`${line}\n`);
    await confirmJob(api, await agreeToStart(job, options));
    await connection.work();
    return watchJob(connection, job.id, options);
  });
}
