import { type Command, InvalidArgumentError, Option } from 'commander';
import type { OptionGroup } from '../command/command.ts';
import { withJson } from '../output/json.ts';

/** Where GraphQL is served; at `/graphql` unless a path is given. */
function address(text: string): string {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol))
    return url.pathname === '/' ? new URL('/graphql', url).href : text;
  throw new InvalidArgumentError('Must be where GraphQL is served, as in http://127.0.0.1:4000/graphql.');
}

const SERVER = new Option(
  '--url <url>',
  'where GraphQL is served; unless given, the server of the data directory, else one of its own',
)
  .env('VIDPIPE_URL')
  .argParser(address);

/** A command that asks a server: its options are {@link CommonOptions}. */
export const asking: OptionGroup = {
  takes(command) {
    command.addOption(SERVER).hook('preAction', tellUrlSource);
    withJson.takes?.(command);
  },
};

/** Whether a person or the environment named the server. */
function tellUrlSource(command: Command): void {
  if (command.getOptionValue('url') === undefined) return;
  const isFromEnvironment = command.getOptionValueSource('url') === 'env';
  command.setOptionValue('urlFrom', isFromEnvironment ? 'VIDPIPE_URL' : '--url');
}
