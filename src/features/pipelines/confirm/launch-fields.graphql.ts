import type { InputFields } from '../../../graphql/builder.ts';
import { RunPriorityEnum, RunStageEnum } from '../../runs/run.graphql.ts';

export const projectField = (t: InputFields) => t.id({ description: 'Id of a Project.' });

export const stopAfterField = (t: InputFields) =>
  t.field({
    type: RunStageEnum,
    required: false,
    description: 'Last stage to do, to look at the result before the next; all unless given.',
  });

export const crossfadeField = (t: InputFields) =>
  t.float({
    defaultValue: 0,
    description:
      'Seconds of crossfade between scenes; 0 is a hard cut. Between clips too short for it, as much as half of the shorter one, and the run warns.',
  });

export const idempotencyField = (t: InputFields) =>
  t.string({
    required: false,
    description:
      'A key of your choice: sent again with the same request, it answers with the same run, as long as that is there.',
  });

export const maxCostField = (t: InputFields) =>
  t.int({
    required: false,
    description: 'Most the run may cost, in cents: no call is made that could pass it. No cap unless given.',
  });

export const newCapField = (t: InputFields) =>
  t.int({
    required: false,
    description:
      'Most the run may cost from now on, in cents, with what it has cost so far; null for no cap. Its own cap, or the last run’s, stays unless given.',
  });

export const priorityField = (t: InputFields) =>
  t.field({
    type: RunPriorityEnum,
    defaultValue: 'INTERACTIVE',
    description: 'Whose steps go first where workers are scarce.',
  });
