import { requireId } from '../../core/ids.ts';
import type { Job } from '../../generated/prisma/client.ts';
import { builder, type InputFields } from '../../graphql/builder.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../../graphql/errors.ts';
import { confirmJob } from './confirm-job.ts';
import { cancelJob } from './control/cancel-job.ts';
import { deleteJob } from './control/delete-job.ts';
import { pauseJob } from './control/pause-job.ts';
import { resumeJob } from './control/resume-job.ts';
import { setJobCostCap } from './control/cap-job.ts';
import { JobPayload } from './preview/preview.graphql.ts';

const TYPES = [InvalidInputError, NotFoundError, ConflictError];

const jobField = (t: InputFields) => t.id({ description: 'Id of a Job.' });
const jobIdOf = ({ jobId }: { jobId: string }) => requireId('Job', jobId, ['jobId']);

const ConfirmJobInput = builder.inputType('ConfirmJobInput', {
  description: 'Which job to start, and within what.',
  fields: (t) => ({
    jobId: jobField(t),
    digest: t.string({
      description: 'Its `digest`: refused with PLAN_STALE if what it stands for has changed.',
    }),
    maxCostCents: t.int({
      required: false,
      description:
        'Most that all its rows may cost, in cents; null lifts the cap. Left out, it is as `setJobCostCap` left it: none at first.',
    }),
    onlyValidRows: t.boolean({
      defaultValue: false,
      description: 'Leaves rows out that cannot start, instead of refusing the job.',
    }),
    withDuplicates: t.boolean({
      defaultValue: false,
      description: 'Starts rows, too, that ask for what an earlier one asked for.',
    }),
  }),
});

const JobInput = builder.inputType('JobInput', {
  description: 'Which job.',
  fields: (t) => ({ jobId: jobField(t) }),
});

const ResumeJobInput = builder.inputType('ResumeJobInput', {
  description: 'Which job, and within what.',
  fields: (t) => ({
    jobId: jobField(t),
    maxCostCents: t.int({
      required: false,
      description:
        'Most that all its rows may cost from now on, in cents; null lifts the cap. Left out, it stays.',
    }),
  }),
});

const PauseJobInput = builder.inputType('PauseJobInput', {
  description: 'Which job, and whether its rows stop too.',
  fields: (t) => ({
    jobId: jobField(t),
    now: t.boolean({
      defaultValue: false,
      description: 'Pauses the rows that are at work; otherwise they finish.',
    }),
  }),
});

const SetJobCostCapInput = builder.inputType('SetJobCostCapInput', {
  description: 'Which job, and its caps. What is left out stays as it is.',
  fields: (t) => ({
    jobId: jobField(t),
    maxCostCents: t.int({
      required: false,
      description: 'Most that all its rows together may cost, in cents; null lifts it.',
    }),
    maxRowCostCents: t.int({
      required: false,
      description: 'Most that each row may cost, in cents, from its next start on; null lifts it.',
    }),
  }),
});

const DeleteJobInput = builder.inputType('DeleteJobInput', {
  description: 'Which job, and whether what it made goes with it.',
  fields: (t) => ({
    jobId: jobField(t),
    deleteProjects: t.boolean({
      defaultValue: false,
      description: 'Also deletes the projects that its rows started, and their films; otherwise they stay.',
    }),
  }),
});

const DeleteJobPayload = builder.objectRef<{ deletedJobId: string }>('DeleteJobPayload').implement({
  description: 'What is gone.',
  fields: (t) => ({ deletedJobId: t.exposeID('deletedJobId', { description: 'Id of the job.' }) }),
});

const answer = async (job: Promise<Job>) => ({ job: await job });

builder.mutationFields((t) => ({
  confirmJob: t.field({
    type: JobPayload,
    description: 'Starts a previewed job: its rows go one after another in the background.',
    errors: {
      types: TYPES,
      union: { name: 'ConfirmJobResult', description: 'The job at work, or why it is not.' },
    },
    args: { input: t.arg({ type: ConfirmJobInput, description: 'Which job to start, and within what.' }) },
    resolve: (_root, { input }, ctx) => answer(confirmJob(ctx, { ...input, jobId: jobIdOf(input) })),
  }),
  pauseJob: t.field({
    type: JobPayload,
    description: 'Lets no more rows of a job start, until it is resumed.',
    errors: {
      types: TYPES,
      union: { name: 'PauseJobResult', description: 'The paused job, or why it is not.' },
    },
    args: { input: t.arg({ type: PauseJobInput, description: 'Which job.' }) },
    resolve: (_root, { input }, ctx) => answer(pauseJob(ctx, { jobId: jobIdOf(input), now: input.now })),
  }),
  resumeJob: t.field({
    type: JobPayload,
    description: 'Lets rows of a paused job start again; nothing that is finished is made or paid for again.',
    errors: {
      types: TYPES,
      union: { name: 'ResumeJobResult', description: 'The job at work, or why it is not.' },
    },
    args: { input: t.arg({ type: ResumeJobInput, description: 'Which job, and within what.' }) },
    resolve: (_root, { input }, ctx) => answer(resumeJob(ctx, { ...input, jobId: jobIdOf(input) })),
  }),
  setJobCostCap: t.field({
    type: JobPayload,
    description:
      'Sets the most that a job and each of its rows may cost. A job that its cap held goes on by itself once it has room; a row that failed of its cap, once it is retried.',
    errors: {
      types: TYPES,
      union: { name: 'SetJobCostCapResult', description: 'The job, or why its cap is as it was.' },
    },
    args: { input: t.arg({ type: SetJobCostCapInput, description: 'Which job, and its cap.' }) },
    resolve: (_root, { input }, ctx) => answer(setJobCostCap(ctx, { ...input, jobId: jobIdOf(input) })),
  }),
  cancelJob: t.field({
    type: JobPayload,
    description: 'Ends a job: the runs of its rows are cancelled, what is finished stays.',
    errors: {
      types: TYPES,
      union: { name: 'CancelJobResult', description: 'The cancelled job, or why it is not.' },
    },
    args: { input: t.arg({ type: JobInput, description: 'Which job.' }) },
    resolve: (_root, { input }, ctx) => answer(cancelJob(ctx, { jobId: jobIdOf(input) })),
  }),
  deleteJob: t.field({
    type: DeleteJobPayload,
    description:
      'Deletes a job that is not at work, with its rows and its sheet; the log keeps what it tells of it.',
    errors: {
      types: TYPES,
      union: { name: 'DeleteJobResult', description: 'What is gone, or why it is not.' },
    },
    args: { input: t.arg({ type: DeleteJobInput, description: 'Which job.' }) },
    resolve: async (_root, { input }, ctx) => ({
      deletedJobId: await deleteJob(ctx, { jobId: jobIdOf(input), deleteProjects: input.deleteProjects }),
    }),
  }),
}));
