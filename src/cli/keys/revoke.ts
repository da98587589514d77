import { defineCommand } from '../command/command.ts';
import type { ExitCode } from '../command/exit-codes.ts';
import { printJson, withJson } from '../output/json.ts';
import type { CommonOptions } from '../server/session.ts';
import { onDatabase } from './on-database.ts';
import { shownKey, toldKey } from './shown-key.ts';

/** `vidpipe keys revoke`. */
export const revokeKey = defineCommand({
  name: 'revoke',
  summary: 'refuse a key from now on',
  kinds: [withJson],
  takes: (command) => command.argument('<prefix>', 'how it begins, as in vp_1a2b3c4d'),
  fields: { prefix: 'PREFIX' },
  run: revoke,
});

/** Refuses a key from now on. */
function revoke(prefix: string, { json }: Pick<CommonOptions, 'json'>): Promise<ExitCode> {
  return onDatabase(async (keys) => {
    const apiKey = await keys.revoke(prefix);
    if (json) printJson(shownKey(apiKey));
    else console.log(toldKey(apiKey));
  });
}
