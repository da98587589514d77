import { InvalidArgumentError } from 'commander';
import { defineCommand } from '../command/command.ts';
import { CliFailure, EXIT, type ExitCode } from '../command/exit-codes.ts';
import { UpdateRowDocument, type UpdateRowMutation } from '../generated/graphql.ts';
import { printJson } from '../output/json.ts';
import { asking } from '../server/asking.ts';
import { payloadOf } from '../server/refusals.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { another, defaultsOf, type Filling, inputOf } from './filling-options.ts';
import { estimateWords } from './job-words.ts';
import { jobbing } from './look-at-job.ts';

type UpdateOptions = CommonOptions & {
  set?: Filling;
  /** Inputs that are taken out. */
  clear?: string[];
};

type Row = Extract<UpdateRowMutation['updateRow'], { __typename: 'JobRowPayload' }>['row'];

/** `vidpipe batch update`. */
export const update = defineCommand({
  name: 'update',
  summary: 'change what a row asks for that has not started, or has failed',
  kinds: [asking, jobbing],
  takes: (command) =>
    command
      .argument('<row>', 'its number, as the spreadsheet shows it', rowNumber)
      .option(
        '--set <input=value>',
        'an input as it is to be, as in prompt=A lamp.; several',
        another('value'),
      )
      .option('--clear <input>', 'an input to take out; several', oneMore),
  fields: { rowNumber: 'ROW' },
  names: { updateRow: 'vidpipe batch update' },
  run: updateRow,
});

function rowNumber(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Must be the number of a row as the spreadsheet shows it, as in 3.');
}

const oneMore = (text: string, before: string[] = []): string[] => [...before, inputOf(text)];

/** Changes inputs of a row, and tells what it costs and asks for then. */
function updateRow(jobId: string, number: number, options: UpdateOptions): Promise<ExitCode> {
  const { set = {}, clear = [], json } = options;
  const cleared = Object.fromEntries(clear.map((name) => [name, null]));
  const input = { ...defaultsOf(set), ...cleared };
  if (Object.keys(input).length === 0)
    throw new CliFailure(EXIT.badInput, 'Say what changes: --set prompt=... or --clear title.');
  return withServer(options, 'api', async ({ api }) => {
    const { updateRow: answer } = await api.request(UpdateRowDocument, {
      input: { jobId, rowNumber: number, input },
    });
    const { row } = payloadOf(answer, 'JobRowPayload', typedAs(input));
    if (json) printJson({ type: 'row', ...row });
    else for (const line of linesOf(row)) console.log(line);
    return EXIT.ok;
  });
}

/** Inputs are called as the option has them, and not as the arguments of other commands. */
const typedAs = (input: object) =>
  Object.fromEntries(
    Object.entries(input).map(([name, value]) => [name, `${value === null ? '--clear' : '--set'} ${name}`]),
  );

function* linesOf({ rowNumber: number, status, estimate, duplicateOf, job }: Row): Generator<string> {
  yield `Row ${number} is changed; ${estimateWords({ estimate, expectedSeconds: null })}`;
  if (duplicateOf) {
    const where = duplicateOf.jobId === job.id ? '' : ` of ${duplicateOf.jobId}`;
    yield `It asks for what row ${duplicateOf.rowNumber}${where} asks for.`;
  }
  if (status === 'FAILED') yield `Try it again: vidpipe batch retry ${job.id} --rows ${number}`;
}
