/** What several commands have in common: a server, a price, a film that is waited for. */
import { type Command, Option } from 'commander';
import { address, dollarsOf } from './option-values.ts';

const SERVER = new Option(
  '--url <url>',
  'where GraphQL is served; unless given, the server of the data directory, else one of its own',
)
  .env('VIDPIPE_URL')
  .argParser(address);

/** A command that asks a server. */
export const asking = (command: Command): Command =>
  withJson(command.addOption(SERVER)).hook('preAction', tellUrlSource);

/** Whether a person or the environment named the server. */
function tellUrlSource(command: Command): void {
  if (command.getOptionValue('url') === undefined) return;
  const isFromEnvironment = command.getOptionValueSource('url') === 'env';
  command.setOptionValue('urlFrom', isFromEnvironment ? 'VIDPIPE_URL' : '--url');
}

/** A command that programs may read. */
export const withJson = (command: Command): Command =>
  command.option('--json', 'one JSON object a line, for programs');

/** A command that waits for a film. */
export const watching = (command: Command): Command =>
  command.option('--out <file>', 'put the film there').option('--force', 'let --out replace a file');

/** A command that asks before it costs. */
export const costing = (command: Command): Command =>
  command
    .option('--yes', 'go on without asking, whatever it costs')
    .option('--max-cost <dollars>', 'go on without asking, and let the run cost at most so much', dollarsOf);
