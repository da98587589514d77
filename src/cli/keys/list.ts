import { defineCommand } from '../command/command.ts';
import type { ExitCode } from '../command/exit-codes.ts';
import { printJson, withJson } from '../output/json.ts';
import type { CommonOptions } from '../server/session.ts';
import { onDatabase } from './on-database.ts';
import { shownKey, toldKey } from './shown-key.ts';

/** `vidpipe keys list`. */
export const listKeys = defineCommand({
  name: 'list',
  summary: 'list them all',
  kinds: [withJson],
  run: list,
});

/** Prints every key, one a line, without what makes it one. */
function list({ json }: Pick<CommonOptions, 'json'>): Promise<ExitCode> {
  return onDatabase(async (keys) => {
    const all = await keys.list();
    for (const apiKey of all) {
      if (json) printJson(shownKey(apiKey));
      else console.log(toldKey(apiKey));
    }
    if (all.length === 0 && !json) console.error('No keys yet. Make one: vidpipe keys create NAME');
  });
}
