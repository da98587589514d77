import { readCost } from '../budget/balance.ts';
import { CostType } from '../budget/cost.graphql.ts';
import { LedgerEntryConnection, LedgerEntryNode, pageOfLedger } from '../budget/ledger.graphql.ts';
import { builder } from '../../graphql/builder.ts';
import { READ_FIELDS } from '../../graphql/cost.ts';
import { PipelineRunNode } from './run.graphql.ts';
import { runScope } from './run-subject.ts';
import { visibleRuns } from './run.ts';

builder.prismaObjectField(PipelineRunNode, 'cost', (t) =>
  t.field({
    type: CostType,
    complexity: READ_FIELDS,
    description: 'What its calls have cost so far.',
    select: { id: true },
    resolve: ({ id }, _args, { db }) => readCost(db, runScope(id)),
  }),
);

builder.prismaObjectField(PipelineRunNode, 'ledger', (t) =>
  t.connection(
    {
      type: LedgerEntryNode,
      description: 'What the ledger has of its calls, oldest first.',
      resolve: (run, args, ctx, info) => pageOfLedger(ctx, info, args, { runId: run.id }),
    },
    LedgerEntryConnection,
  ),
);

builder.prismaObjectField(LedgerEntryNode, 'run', (t) =>
  t.prismaField({
    type: PipelineRunNode,
    nullable: true,
    description: 'Run that made the call; null once it is deleted.',
    resolve: (query, { runId }, _args, { db, actor }) =>
      db.pipelineRun.findUnique({ ...query, where: { id: runId, AND: [visibleRuns(actor)] } }),
  }),
);
