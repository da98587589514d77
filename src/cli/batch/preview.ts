import { defineCommand } from '../command/command.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import type { JobLookFragment } from '../generated/graphql.ts';
import { printJson } from '../output/json.ts';
import type { ApiClient } from '../server/api-client.ts';
import { asking } from '../server/asking.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { keepingCommand } from './command-line.ts';
import { type BadRow, badRows, type DuplicateRow, duplicateRows } from './marked-rows.ts';
import { previewSheet } from './preview-sheet.ts';
import { describePreview, MOST_TOLD, nextCommand } from './preview-words.ts';
import type { StartOptions } from './starting.ts';
import { readSheetInput, sheeting, type SheetOptions } from './sheet-options.ts';

type PreviewOptions = CommonOptions & SheetOptions;

/** `vidpipe batch preview`. */
export const preview = defineCommand({
  name: 'preview',
  summary: 'tell what the rows of a sheet ask for, what is wrong with them and what they will cost',
  kinds: [asking, keepingCommand, sheeting],
  names: { previewJob: 'vidpipe batch preview' },
  run: previewFile,
});

/** Has a sheet read, tells what comes of it, and how to start it. Starts and costs nothing. */
async function previewFile(file: string, options: PreviewOptions): Promise<ExitCode> {
  const input = await readSheetInput(file, options);
  return withServer(options, 'api', async ({ api }) => {
    const job = await previewSheet(api, input);
    if (options.json) await printPreview(api, job);
    else {
      for await (const line of linesOf(api, job)) console.log(line);
      console.log(nextCommand(job));
    }
    return EXIT.ok;
  });
}

/** What there is to say of a job that waits, in lines for a person. */
export async function* linesOf(
  api: ApiClient,
  job: JobLookFragment,
  { withDuplicates = false }: Pick<StartOptions, 'withDuplicates'> = {},
): AsyncGenerator<string> {
  const bad: BadRow[] = [];
  const duplicates: DuplicateRow[] = [];
  if (job.invalidRows > 0) for await (const row of badRows(api, job.id, MOST_TOLD)) bad.push(row);
  if (job.duplicateRows > 0)
    for await (const row of duplicateRows(api, job.id, MOST_TOLD)) duplicates.push(row);
  yield* describePreview(job, { bad, duplicates, withDuplicates });
}

/** The same for programs: the job, then a line for each row that needs a look. */
export async function printPreview(api: ApiClient, job: JobLookFragment): Promise<void> {
  printJson({ type: 'preview', ...job });
  if (job.invalidRows > 0)
    for await (const row of badRows(api, job.id, Infinity)) printJson({ type: 'badRow', ...row });
  if (job.duplicateRows > 0)
    for await (const row of duplicateRows(api, job.id, Infinity)) printJson({ type: 'duplicateRow', ...row });
}
