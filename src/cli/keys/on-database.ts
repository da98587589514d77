/** Keys are made on the server's database, not by its API: whoever may open that may make them. */
import { DomainError, InvalidInputError } from '../../core/errors.ts';
import type { Keys } from '../../keys.ts';
import { loadConfig } from '../../platform/config.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { onceUnserved } from '../server/data-directory.ts';
import { failureOf } from '../server/refusals.ts';
import { startFailure } from '../server/start-failures.ts';

/**
 * Does `use` with the keys of the database that the settings name.
 *
 * @throws {CliFailure} as the API refuses things, and `noServer` if a server has the database or it cannot be opened.
 */
export async function onDatabase(use: (keys: Keys) => Promise<void>): Promise<ExitCode> {
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
