import type { OptionGroup } from '../command/command.ts';
import { dollarsOf } from '../command/option-values.ts';

export type CostOptions = {
  /** Go on without asking. */
  yes?: boolean;
  /** Most the run may cost, in dollars; also goes on without asking. */
  maxCost?: number;
};

/** A command that asks before it costs. */
export const costing: OptionGroup = {
  takes: (command) =>
    command
      .option('--yes', 'go on without asking, whatever it costs')
      .option(
        '--max-cost <dollars>',
        'go on without asking, and let the run cost at most so much',
        dollarsOf,
      ),
  fields: { maxCostCents: '--max-cost' },
};
