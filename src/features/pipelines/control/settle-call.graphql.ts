import type { LedgerEntry } from '../../../generated/prisma/client.ts';
import { builder } from '../../../graphql/builder.ts';
import { ConflictError, InvalidInputError, NotFoundError, ResourceError } from '../../../graphql/errors.ts';
import { LedgerEntryNode } from '../../budget/ledger.graphql.ts';
import { type Settlement, settleUnknownCall } from './settle-unknown-call.ts';

const CallOutcomeEnum = builder.enumType('CallOutcome', {
  description: 'What became of a call to a provider of which nobody knew.',
  values: {
    WAS_CHARGED: { description: 'It was paid for: what was set aside is spent.' },
    NOT_CHARGED: { description: 'The provider never took it: what was set aside is free again.' },
  } satisfies Record<Settlement, object>,
});

const SettleUnknownCallInput = builder.inputType('SettleUnknownCallInput', {
  description: 'Which call to settle, and what a person found out about it at the provider.',
  fields: (t) => ({
    operationKey: t.string({ description: 'Its key in the ledger; the run’s `errorMessage` names it.' }),
    outcome: t.field({ type: CallOutcomeEnum, description: 'What became of it.' }),
  }),
});

const SettleUnknownCallPayload = builder
  .objectRef<{ entry: LedgerEntry }>('SettleUnknownCallPayload')
  .implement({
    description: 'The call, settled.',
    fields: (t) => ({
      entry: t.field({
        type: LedgerEntryNode,
        description: 'The entry that closes it.',
        resolve: ({ entry }) => entry,
      }),
    }),
  });

builder.mutationField('settleUnknownCall', (t) =>
  t.field({
    type: SettleUnknownCallPayload,
    description:
      'Tells what became of a call of which nobody knew whether it was charged. A storyboard or a frame is then made by `resumeProject`; an UNKNOWN clip goes on as with `settleUnknownVideoClip`.',
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError, ResourceError],
      union: { name: 'SettleUnknownCallResult', description: 'The settled call, or why it is not.' },
    },
    args: {
      input: t.arg({ type: SettleUnknownCallInput, description: 'Which call, and what became of it.' }),
    },
    resolve: async (_root, { input }, ctx) => ({ entry: await settleUnknownCall(ctx, input) }),
  }),
);
