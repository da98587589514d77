import { DomainError, InvalidInputError } from '../../core/errors.ts';
import type { Keys, OwnedKey } from '../../keys.ts';
import { loadConfig } from '../../platform/config.ts';
import { onceUnserved } from '../server/data-directory.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { printJson } from '../progress/json-view.ts';
import { oneLine } from '../output/text-width.ts';
import { failureOf } from '../server/refusals.ts';
import type { CommonOptions } from '../server/session.ts';
import { startFailure } from '../server/start-failures.ts';

type JsonOption = Pick<CommonOptions, 'json'>;

export type CreateKeyOptions = JsonOption & {
  workspace?: string;
  /** How long it holds, in seconds; for ever without it. */
  expires?: number;
};

/** Makes a key and prints it: alone on stdout, the only time it is told. */
export function createKey(keyName: string, options: CreateKeyOptions): Promise<ExitCode> {
  const { workspace = null, expires, json } = options;
  const expiresAt = expires === undefined ? null : new Date(Date.now() + expires * 1_000);
  return onDatabase(async (keys) => {
    const { apiKey, key } = await keys.create({ keyName, workspace, expiresAt });
    if (json) return printJson({ ...shown(apiKey), key });
    console.log(key);
    console.error(`${oneLine(told(apiKey))}\nKeep it: it is not shown again.`);
  });
}

/** Prints every key, one a line, without what makes it one. */
export function listKeys({ json }: JsonOption): Promise<ExitCode> {
  return onDatabase(async (keys) => {
    const all = await keys.list();
    for (const apiKey of all) {
      if (json) printJson(shown(apiKey));
      else console.log(oneLine(told(apiKey)));
    }
    if (all.length === 0 && !json) console.error('No keys yet. Make one: vidpipe keys create NAME');
  });
}

/** Refuses a key from now on. */
export function revokeKey(prefix: string, { json }: JsonOption): Promise<ExitCode> {
  return onDatabase(async (keys) => {
    const apiKey = await keys.revoke(prefix);
    if (json) printJson(shown(apiKey));
    else console.log(oneLine(told(apiKey)));
  });
}

async function onDatabase(use: (keys: Keys) => Promise<void>): Promise<ExitCode> {
  const config = loadConfig(process.env);
  // Loaded here: no other command of a client needs a database.
  const { withKeys } = await import('../../keys.ts');
  try {
    await onceUnserved(config, () => withKeys(config, use));
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof DomainError)) throw startFailure(error, config);
    const { code, message, inputPath } = error;
    const issues = error instanceof InvalidInputError ? error.issues : [{ path: inputPath ?? [], message }];
    throw failureOf([{ message, extensions: { code, issues } }]);
  }
}

const shown = ({ prefix, name, workspace, createdAt, expiresAt, revokedAt, lastUsedAt }: OwnedKey) => ({
  prefix,
  name,
  workspace: workspace.name,
  state: stateOf({ expiresAt, revokedAt }),
  createdAt,
  expiresAt,
  revokedAt,
  lastUsedAt,
});

function told(apiKey: OwnedKey): string {
  const { prefix, name, workspace, state, expiresAt, lastUsedAt } = shown(apiKey);
  const until = expiresAt === null ? 'never expires' : `expires ${expiresAt.toISOString()}`;
  const used = lastUsedAt === null ? 'never used' : `last used ${lastUsedAt.toISOString()}`;
  return `${prefix}  ${state.padEnd(7)}  ${until}, ${used}  ${workspace}  ${name}`;
}

function stateOf({ expiresAt, revokedAt }: Pick<OwnedKey, 'expiresAt' | 'revokedAt'>) {
  if (revokedAt) return 'REVOKED';
  return expiresAt && expiresAt <= new Date() ? 'EXPIRED' : 'HOLDS';
}
