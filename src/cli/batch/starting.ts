/** A job starts with a person's word: what it will cost and which rows it leaves out is told and asked first. */
import type { OptionGroup } from '../command/command.ts';
import { CliFailure, EXIT } from '../command/exit-codes.ts';
import { dollarsOf, inCents } from '../command/option-values.ts';
import type { ConfirmJobInput, JobLookFragment } from '../generated/graphql.ts';
import { askYes, canAsk } from '../input/ask-yes.ts';
import { dollars } from '../output/money.ts';
import type { CommonOptions } from '../server/session.ts';
import { number, rows } from './job-words.ts';
import { startable } from './preview-words.ts';

export type ConsentOptions = CommonOptions & {
  /** Go on without asking. */
  yes?: boolean;
  /** Most the job may cost, in dollars. */
  maxCost?: number;
};

export type StartOptions = ConsentOptions & {
  onlyValid?: boolean;
  withDuplicates?: boolean;
};

const MICRO_USD_PER_DOLLAR = 1_000_000;

/** A command that asks before rows cost something: its options are {@link ConsentOptions}. */
export const capping: OptionGroup = {
  takes: (command) =>
    command
      .option('--yes', 'go on without asking, whatever it costs')
      .option('--max-cost <dollars>', 'most that all rows together may cost', dollarsOf),
  fields: { maxCostCents: '--max-cost' },
};

/** A command that starts a job: its options are {@link StartOptions}. */
export const starting: OptionGroup = {
  takes: (command) => {
    capping.takes?.(command);
    command
      .option('--only-valid', 'leave rows out that cannot start')
      .option('--with-duplicates', 'start rows, too, that ask for what another row asks for');
  },
  fields: { maxCostCents: '--max-cost', onlyValidRows: '--only-valid', withDuplicates: '--with-duplicates' },
  names: {
    onlyValidRows: '--only-valid',
    withDuplicates: '--with-duplicates',
    confirmJob: 'vidpipe batch start',
  },
};

/** The cap that the options ask for, as inputs take it; nothing where they say none: the one that is set stays. */
export const capOf = ({ maxCost }: ConsentOptions): { maxCostCents?: number } =>
  maxCost === undefined ? {} : { maxCostCents: inCents(maxCost) };

/**
 * Has a person agree to what was shown of a job that waits: one question, unless nothing is to be paid and no row left
 * out, or the options say so already.
 *
 * @returns what starts it, as it was looked at.
 * @throws {CliFailure} `badInput` if nobody can be asked; `cancelled` if the person says no.
 */
export async function agreeToStart(job: JobLookFragment, options: StartOptions): Promise<ConfirmJobInput> {
  const { id: jobId, digest, invalidRows } = job;
  const { yes = false, onlyValid = false, withDuplicates = false } = options;
  const isPartOnly = invalidRows > 0 && !onlyValid;
  if (job.status === 'PENDING' && !yes && (job.estimate.high > 0 || isPartOnly)) {
    refuseUnasked(job, options, isPartOnly);
    const starts = startable(job, withDuplicates);
    const out = isPartOnly ? `, and leave out ${number(invalidRows)} that cannot start` : '';
    await ask(`Start ${rows(starts)}${capWords(job, options)}${out}? [y/N] `, jobId);
    return {
      jobId,
      digest,
      ...capOf(options),
      onlyValidRows: onlyValid || isPartOnly,
      withDuplicates,
    };
  }
  return { jobId, digest, ...capOf(options), onlyValidRows: onlyValid, withDuplicates };
}

/** A cap below the estimate is a person's right: the job is paused when it comes to it. */
function capWords({ estimate }: JobLookFragment, { maxCost }: ConsentOptions): string {
  if (maxCost === undefined) return '';
  const cap = maxCost * MICRO_USD_PER_DOLLAR;
  const isLow = cap < estimate.likely;
  return ` for at most ${dollars(cap)}${isLow ? ' (it likely pauses there before its end)' : ''}`;
}

function refuseUnasked(job: JobLookFragment, options: StartOptions, isPartOnly: boolean): void {
  if (canAsk(options.json ?? false)) return;
  const reasons = [
    isPartOnly &&
      `--only-valid: ${number(job.invalidRows)} of ${rows(job.totalRows)} cannot start; mend them, or add it.`,
    job.estimate.high > 0 && 'The job costs money: add --yes.',
  ];
  const message = `${reasons.filter(Boolean).join(' ')} Nothing was begun; it waits: vidpipe batch start ${job.id}`;
  throw new CliFailure(EXIT.badInput, message);
}

async function ask(question: string, jobId: string): Promise<void> {
  if (await askYes(question)) return;
  const message = `Not started; nothing was spent. It waits: vidpipe batch start ${jobId}`;
  throw new CliFailure(EXIT.cancelled, message);
}

/**
 * Has a person agree to what going on with rows costs, which the caller has shown.
 *
 * @throws {CliFailure} as {@link agreeToStart}.
 */
export async function agreeToGoOn(options: ConsentOptions, question: string): Promise<void> {
  if (options.yes) return;
  if (!canAsk(options.json ?? false))
    throw new CliFailure(EXIT.badInput, 'Going on costs money: add --yes; nothing was begun.');
  if (await askYes(`${question} [y/N] `)) return;
  throw new CliFailure(EXIT.cancelled, 'Nothing was begun, and nothing more spent.');
}
