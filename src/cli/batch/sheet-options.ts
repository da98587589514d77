/** A sheet and how it is to be understood, from the words of the command line. */
import path from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { OptionGroup } from '../command/command.ts';
import { dollarsOf, inCents } from '../command/option-values.ts';
import type { PreviewJobInput, SheetDelimiter } from '../generated/graphql.ts';
import { readInput } from '../input/read-input.ts';
import type { TypedOptions } from './command-line.ts';
import { another, defaultsOf, type Filling } from './filling-options.ts';

export type SheetOptions = TypedOptions & {
  map?: Filling;
  default?: Filling;
  name?: string;
  sheet?: string;
  delimiter?: SheetDelimiter;
  encoding?: string;
  concurrency?: number;
  /** Dollars. */
  maxRowCost?: number;
};

/** The server reads no longer sheet (docs/batch.md). */
const MAX_SHEET_BYTES = 50_000_000;

const DELIMITERS = new Map<string, SheetDelimiter>([
  ...([',', 'comma'] as const).map((word) => [word, 'COMMA'] as const),
  ...([';', 'semicolon'] as const).map((word) => [word, 'SEMICOLON'] as const),
  ...(['\t', String.raw`\t`, 'tab'] as const).map((word) => [word, 'TAB'] as const),
  ...(['|', 'pipe'] as const).map((word) => [word, 'PIPE'] as const),
]);

function delimiter(text: string): SheetDelimiter {
  const found = DELIMITERS.get(text) ?? DELIMITERS.get(text.trim().toLowerCase());
  if (found) return found;
  throw new InvalidArgumentError('Must be comma, semicolon, tab or pipe.');
}

function wholeNumber(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Must be a whole number, as in 4.');
}

/** A command that is told a sheet: `<file>`, and {@link SheetOptions}. */
export const sheeting: OptionGroup = {
  takes: (command) =>
    command
      .argument('<file>', 'CSV, TSV, XLSX or JSON Lines; - reads stdin')
      .option(
        '--map <input=column>',
        'what fills an input: a column or a template; several',
        another('column'),
      )
      .option('--default <input=value>', 'an input where the sheet says nothing; several', another('value'))
      .option('--name <name>', "what to call the job; the file's name unless given")
      .option('--sheet <sheet>', 'sheet of a workbook; the first unless given')
      .option(
        '--delimiter <delimiter>',
        'comma, semicolon, tab or pipe; found by itself unless given',
        delimiter,
      )
      .option('--encoding <encoding>', 'as in windows-1252; found by itself unless given')
      .option('--concurrency <rows>', 'rows at work at the same time', wholeNumber)
      .option('--max-row-cost <dollars>', 'most that one row may cost', dollarsOf),
  fields: {
    file: 'FILE',
    mapping: '--map',
    defaults: '--default',
    sheet: '--sheet',
    delimiter: '--delimiter',
    encoding: '--encoding',
    concurrency: '--concurrency',
    maxRowCostCents: '--max-row-cost',
  },
  names: {
    maxRowCostCents: '--max-row-cost',
    COMMA: 'comma',
    SEMICOLON: 'semicolon',
    TAB: 'tab',
    PIPE: 'pipe',
  },
};

/**
 * Reads the sheet and puts the options beside it.
 *
 * @param file `-` reads stdin.
 * @throws {CliFailure} `badInput` naming `FILE` if it cannot be read, or is too long.
 */
export async function readSheetInput(file: string, options: SheetOptions): Promise<PreviewJobInput> {
  const isStdin = file === '-';
  const bytes = await readInput(isStdin ? process.stdin : file, 'FILE', MAX_SHEET_BYTES);
  const { map, default: defaults, name, sheet, delimiter: between, encoding, concurrency } = options;
  return {
    file: new File([new Uint8Array(bytes)], isStdin ? 'stdin' : path.basename(file)),
    ...(options.typed !== undefined && { originalCommand: options.typed }),
    ...(map && { mapping: Object.entries(map).map(([input, from]) => ({ input, from })) }),
    ...(defaults && { defaults: defaultsOf(defaults) }),
    ...(name !== undefined && { name }),
    ...(sheet !== undefined && { sheet }),
    ...(between !== undefined && { delimiter: between }),
    ...(encoding !== undefined && { encoding }),
    ...(concurrency !== undefined && { concurrency }),
    ...(options.maxRowCost !== undefined && { maxRowCostCents: inCents(options.maxRowCost) }),
  };
}
