import { InvalidArgumentError, Option } from 'commander';
import { defineCommand } from '../command/command.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { lowerCase } from '../command/option-values.ts';
import {
  LedgerDocument,
  type LedgerQuery,
  UsageDocument,
  type UsageGroup,
  type UsageQuery,
} from '../generated/graphql.ts';
import { csvRecord } from '../output/csv.ts';
import { printJson } from '../output/json.ts';
import { dollars } from '../output/money.ts';
import { oneLine } from '../output/text-width.ts';
import type { ApiClient } from '../server/api-client.ts';
import { asking } from '../server/asking.ts';
import { given } from '../server/refusals.ts';
import { type CommonOptions, withServer } from '../server/session.ts';

type UsageOptions = CommonOptions & {
  /** What to sum by. */
  by: UsageGroup;
  /** First and last day (UTC), as in `2026-11-22`. */
  from?: string;
  to?: string;
  /** Every entry of the ledger instead of sums, for a spreadsheet. */
  csv?: boolean;
};

/** As a person writes them. */
const USAGE_GROUPS = ['day', 'project', 'provider', 'model', 'call'];

/** What spending is summed by. */
function usageGroup(text: string): UsageGroup {
  if (USAGE_GROUPS.includes(lowerCase(text))) return lowerCase(text).toUpperCase() as UsageGroup;
  throw new InvalidArgumentError(`Must be one of ${USAGE_GROUPS.join(', ')}.`);
}

/** `vidpipe usage`. */
export const usage = defineCommand({
  name: 'usage',
  summary: 'tell what was spent',
  kinds: [asking],
  takes: (command) =>
    command
      .addOption(
        new Option('--by <what>', USAGE_GROUPS.join(', ')).default('DAY', 'day').argParser(usageGroup),
      )
      .option('--from <day>', 'first day (UTC), as in 2026-11-01')
      .option('--to <day>', 'last day (UTC)')
      .addOption(
        new Option('--csv', 'every entry of the ledger, for a spreadsheet; without --by').conflicts([
          'by',
          'json',
        ]),
      ),
  fields: { from: '--from', to: '--to' },
  run: printUsage,
});

/** Prints what was spent, summed by day or something else, or the ledger itself as CSV. */
function printUsage({ by, csv, ...options }: UsageOptions): Promise<ExitCode> {
  const range = { from: options.from ?? null, to: options.to ?? null };
  return withServer(options, 'api', async ({ api }) => {
    if (csv) await printLedger(api, range);
    else {
      const answer = await api.request(UsageDocument, { groupBy: by, ...range });
      const rows = given(answer.usage);
      if (options.json) for (const row of rows) printJson(row);
      else printSums(rows);
    }
    return EXIT.ok;
  });
}

type Row = NonNullable<UsageQuery['usage']>[number];

function printSums(rows: readonly Row[]): void {
  if (rows.length === 0) return console.error('Nothing was spent.');
  const total = rows.reduce(add);
  const width = Math.max(...rows.map(({ key }) => key.length), 'Total'.length);
  for (const row of rows) console.log(describe(row, width));
  if (rows.length > 1) console.log(describe({ ...total, key: 'Total', title: null }, width));
}

const add = (one: Row, other: Row): Row => ({
  ...one,
  calls: one.calls + other.calls,
  settledMicroUsd: one.settledMicroUsd + other.settledMicroUsd,
  reservedMicroUsd: one.reservedMicroUsd + other.reservedMicroUsd,
  unknownMicroUsd: one.unknownMicroUsd + other.unknownMicroUsd,
});

function describe(row: Row, width: number): string {
  const parts = [
    `${row.key.padEnd(width)}  ${dollars(row.settledMicroUsd)}  ${row.calls} call${row.calls === 1 ? '' : 's'}`,
    row.reservedMicroUsd > 0 && `${dollars(row.reservedMicroUsd)} set aside`,
    row.unknownMicroUsd > 0 && `${dollars(row.unknownMicroUsd)} unknown`,
    row.title !== null && oneLine(row.title),
  ];
  return parts.filter(Boolean).join('  ');
}

const COLUMNS = [
  'createdAt',
  'kind',
  'operationKey',
  'amountMicroUsd',
  'day',
  'provider',
  'model',
  'call',
  'projectId',
  'runId',
  'sceneId',
  'providerRequestId',
  'usage',
] as const;

type LedgerPage = NonNullable<LedgerQuery['ledger']>;
type Entry = LedgerPage['edges'][number]['node'];

/** A page at a time: the ledger of a year need not fit into memory. */
async function printLedger(api: ApiClient, range: { from: string | null; to: string | null }): Promise<void> {
  process.stdout.write(csvRecord(COLUMNS));
  for (let after: string | null = null; ;) {
    const answer: LedgerQuery = await api.request(LedgerDocument, { ...range, after });
    const ledger: LedgerPage = given(answer.ledger);
    for (const { node } of ledger.edges)
      process.stdout.write(csvRecord(COLUMNS.map((name) => textOf(node[name]))));
    if (!ledger.pageInfo.hasNextPage) return;
    after = ledger.pageInfo.endCursor ?? null;
  }
}

function textOf(value: Entry[keyof Entry]): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
