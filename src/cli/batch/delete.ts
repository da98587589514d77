import { defineCommand } from '../command/command.ts';
import { CliFailure, EXIT, type ExitCode } from '../command/exit-codes.ts';
import { DeleteJobDocument, type JobLookFragment } from '../generated/graphql.ts';
import { askYes, canAsk } from '../input/ask-yes.ts';
import { printJson } from '../output/json.ts';
import { oneLine } from '../output/text-width.ts';
import { asking } from '../server/asking.ts';
import { payloadOf } from '../server/refusals.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { rows } from './job-words.ts';
import { jobbing, lookAtJob } from './look-at-job.ts';

type DeleteOptions = CommonOptions & {
  /** Go on without asking. */
  yes?: boolean;
  /** Projects of its rows go, too. */
  withProjects?: boolean;
};

/** `vidpipe batch delete`. */
export const deleteBatch = defineCommand({
  name: 'delete',
  summary: 'delete a job that is not at work, with its rows; projects stay unless asked for',
  kinds: [asking, jobbing],
  takes: (command) =>
    command
      .option('--with-projects', 'the projects that its rows started go, too, with their films')
      .option('--yes', 'without asking'),
  fields: { deleteProjects: '--with-projects' },
  names: { deleteJob: 'vidpipe batch delete' },
  run: deleteJob,
});

/** Says what goes, asks, and deletes it. */
function deleteJob(jobId: string, options: DeleteOptions): Promise<ExitCode> {
  const { withProjects: deleteProjects = false } = options;
  return withServer(options, 'api', async ({ api }) => {
    if (!options.yes) await agree(await lookAtJob(api, jobId), options);
    const { deleteJob: answer } = await api.request(DeleteJobDocument, { input: { jobId, deleteProjects } });
    const { deletedJobId } = payloadOf(answer, 'DeleteJobPayload');
    if (options.json) printJson({ type: 'deleted', id: deletedJobId });
    else console.log(`${deletedJobId} is deleted`);
    return EXIT.ok;
  });
}

async function agree(job: JobLookFragment, { json = false, withProjects }: DeleteOptions): Promise<void> {
  if (!canAsk(json))
    throw new CliFailure(EXIT.badInput, 'What is deleted is gone: add --yes; nothing was deleted.');
  const more = withProjects ? ', and every project that they started, with its films' : '';
  const what = `${oneLine(job.name)} (${job.status}) with ${rows(job.totalRows)}${more}`;
  if (await askYes(`Delete ${what}? [y/N] `)) return;
  throw new CliFailure(EXIT.cancelled, 'Nothing was deleted.');
}
