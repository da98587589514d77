import { requireId } from '../../../core/ids.ts';
import type { PipelineRun } from '../../../generated/prisma/client.ts';
import { builder, type InputFields } from '../../../graphql/builder.ts';
import type { ApiContext } from '../../../graphql/context.ts';
import { type ConflictError, InvalidInputError, NotFoundError } from '../../../graphql/errors.ts';
import type { Cap } from '../../budget/cap.ts';
import { PipelineRunNode } from '../../runs/run.graphql.ts';
import { idempotencyField, newCapField } from './launch-fields.graphql.ts';

/** What such a mutation may be about, and the field of its input that names it. */
const ID_FIELDS = {
  PipelineRun: 'runId',
  Project: 'projectId',
  DeadLetter: 'deadLetterId',
} as const;
type IdField = (typeof ID_FIELDS)[keyof typeof ID_FIELDS];

type RunOptions = { maxCostCents: Cap | undefined; idempotencyKey: string | null | undefined };

type RunMutation = {
  of: keyof typeof ID_FIELDS;
  description: string;
  /** Text of its input. */
  input: string;
  /** Text of its payload. */
  payload: string;
  /** Text of the run in its payload. */
  run: string;
  /** Text of its result. */
  result: string;
  /** What it may be refused with, beside a malformed id and one of nothing. */
  refusals: (typeof ConflictError)[];
  /** Whether its run may be given another cap. */
  takesCap?: boolean;
  /** Whether it launches a run, which must not happen twice. */
  takesKey?: boolean;
  act(ctx: ApiContext, id: string, options: RunOptions): Promise<PipelineRun>;
};

const idOf = (t: InputFields, of: RunMutation['of']) => t.id({ description: `Id of a ${of}.` });

const idField = (
  t: InputFields,
  of: RunMutation['of'],
): Partial<Record<IdField, ReturnType<typeof idOf>>> => ({
  [ID_FIELDS[of]]: idOf(t, of),
});

/** Adds a mutation that takes the id of one thing and answers with a run; its types are named after it. */
export function addRunMutation(name: string, texts: RunMutation): void {
  const typeName = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const which = ID_FIELDS[texts.of];

  const Input = builder.inputType(`${typeName}Input`, {
    description: texts.input,
    fields: (t) => ({
      ...idField(t, texts.of),
      ...(texts.takesCap && { maxCostCents: newCapField(t) }),
      ...(texts.takesKey && { idempotencyKey: idempotencyField(t) }),
    }),
  });
  const Payload = builder.objectRef<{ run: PipelineRun }>(`${typeName}Payload`).implement({
    description: texts.payload,
    fields: (t) => ({
      run: t.field({ type: PipelineRunNode, description: texts.run, resolve: ({ run }) => run }),
    }),
  });

  builder.mutationField(name, (t) =>
    t.field({
      type: Payload,
      description: texts.description,
      errors: {
        types: [InvalidInputError, NotFoundError, ...texts.refusals],
        union: { name: `${typeName}Result`, description: texts.result },
      },
      args: { input: t.arg({ type: Input, description: texts.input }) },
      resolve: async (_root, { input }, ctx) => {
        const id = requireId(texts.of, input[which] ?? '', [which]);
        const { maxCostCents, idempotencyKey } = input;
        return { run: await texts.act(ctx, id, { maxCostCents, idempotencyKey }) };
      },
    }),
  );
}
