/** What a row asks for, changed by a person. */
import { InvalidInputError, type InputIssue } from '../../../core/errors.ts';
import { Prisma, type Job, type JobRow } from '../../../generated/prisma/client.ts';
import type { RowInput } from '../kinds/kind.ts';
import { rulesOf } from '../kinds/kinds.ts';
import { checksumOf } from '../preview/read-row.ts';

/** What a row is told anew: inputs by their names; null takes one out. */
export type InputChange = Readonly<Record<string, unknown>>;

/**
 * The columns of a row with a changed input. What it had started stays, but is not its own any more: it starts anew. With
 * another cap or priority alone, it goes on from what it has.
 *
 * @throws {InvalidInputError} naming the input below `path`, for each that is wrong.
 */
export function changedRow(
  { kind }: Pick<Job, 'kind'>,
  row: Pick<JobRow, 'rowNumber' | 'input' | 'rowChecksum'>,
  change: InputChange,
  path: string[],
): Prisma.JobRowUncheckedUpdateManyInput {
  const rules = rulesOf(kind);
  const names = rules.inputs.map(({ name }) => name);
  const unknown = Object.keys(change).filter((name) => !names.includes(name));
  const merged = Object.entries({ ...(row.input as RowInput), ...change }).filter(
    ([, value]) => value !== null,
  );
  const input = Object.fromEntries(merged) as RowInput;
  const told = (issue: InputIssue) => ({
    path: [...path, ...issue.path],
    message: `Row ${row.rowNumber}: ${issue.message}`,
  });
  const [first, ...rest] = [
    ...unknown.map((name) => ({
      path: [name],
      message: `There is no such input; there are ${names.join(', ')}.`,
    })),
    ...rules.issuesOf(input),
  ].map(told);
  if (first) throw new InvalidInputError([first, ...rest]);
  const rowChecksum = checksumOf(rules, input);
  if (rowChecksum === row.rowChecksum) return { input, problems: [] };
  return { input, rowChecksum, problems: [], duplicateOf: Prisma.DbNull, projectId: null, runId: null };
}
