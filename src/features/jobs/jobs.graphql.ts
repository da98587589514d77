import { requireId } from '../../core/ids.ts';
import { builder } from '../../graphql/builder.ts';
import { pageOf } from '../../graphql/page-of.ts';
import { JobNode, JobStatusEnum } from './job.graphql.ts';
import { visibleJobs } from './job.ts';

const JobFilter = builder.inputType('JobFilter', {
  description: 'Which jobs. What is left out does not matter.',
  fields: (t) => ({
    status: t.field({ type: [JobStatusEnum], required: false, description: 'Jobs in any of these.' }),
  }),
});

const JobConnection = builder.connectionObject(
  { type: JobNode, name: 'JobConnection', description: 'A page of jobs.' },
  { name: 'JobEdge', description: 'A job and its place in the list.' },
);

/** One whose sheet is still being read is not there yet. */
const PREVIEWED = { previewedAt: { not: null } };

const pageOfJobs = pageOf('Job', { visible: visibleJobs });

builder.queryFields((t) => ({
  job: t.prismaField({
    type: JobNode,
    nullable: true,
    description: 'A job; null if it does not exist or is not yours.',
    args: { id: t.arg.id({ description: 'Id of a Job.' }) },
    resolve: (query, _root, args, { db, actor }) =>
      db.job.findUnique({
        ...query,
        where: { id: requireId('Job', args.id, ['id']), AND: [visibleJobs(actor), PREVIEWED] },
      }),
  }),
  jobs: t.connection(
    {
      type: JobNode,
      description: 'Jobs, newest first.',
      args: {
        filter: t.arg({ type: JobFilter, required: false, description: 'Which jobs; all unless given.' }),
      },
      resolve: (_root, args, ctx, info) => {
        const { status } = args.filter ?? {};
        return pageOfJobs(ctx, info, args, { ...PREVIEWED, ...(status && { status: { in: status } }) });
      },
    },
    JobConnection,
  ),
}));
