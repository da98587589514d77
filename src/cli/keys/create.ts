import { InvalidArgumentError } from 'commander';
import { defineCommand } from '../command/command.ts';
import type { ExitCode } from '../command/exit-codes.ts';
import { printJson, withJson } from '../output/json.ts';
import type { CommonOptions } from '../server/session.ts';
import { onDatabase } from './on-database.ts';
import { shownKey, toldKey } from './shown-key.ts';

type CreateKeyOptions = Pick<CommonOptions, 'json'> & {
  workspace?: string;
  /** How long it holds, in seconds; for ever without it. */
  expires?: number;
};

/** `vidpipe keys create`. */
export const createKey = defineCommand({
  name: 'create',
  summary: 'make a key, and print it once',
  kinds: [withJson],
  takes: (command) =>
    command
      .argument('<name>', 'what to call it')
      .option('--workspace <workspace>', 'name of the workspace it acts in; made if there is none')
      .option('--expires <time>', 'how long it holds, as in 90d, 12h or 30m; for ever without it', lifetime),
  fields: { keyName: 'NAME', workspace: '--workspace', expiresAt: '--expires' },
  run: create,
});

const SECONDS_IN = { m: 60, h: 3_600, d: 86_400 };

/** Seconds, of a time in minutes, hours or days. */
function lifetime(text: string): number {
  const [, amount, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  if (amount === undefined || Number(amount) === 0)
    throw new InvalidArgumentError('Must be a time in minutes, hours or days, as in 90d.');
  return Number(amount) * SECONDS_IN[unit as keyof typeof SECONDS_IN];
}

/** Makes a key and prints it: alone on stdout, the only time it is told. */
function create(keyName: string, options: CreateKeyOptions): Promise<ExitCode> {
  const { workspace = null, expires, json } = options;
  const expiresAt = expires === undefined ? null : new Date(Date.now() + expires * 1_000);
  return onDatabase(async (keys) => {
    const { apiKey, key } = await keys.create({ keyName, workspace, expiresAt });
    if (json) return printJson({ ...shownKey(apiKey), key });
    console.log(key);
    console.error(`${toldKey(apiKey)}\nKeep it: it is not shown again.`);
  });
}
