/** What some tests need of the machine: they run where it is found and count as skipped elsewhere. */
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';

type Need = 'postgres' | 'chromium' | 'libreoffice' | 'recordings' | 'prompts';

const REQUIRED = (process.env['VIDPIPE_REQUIRE'] ?? '').split(',');
const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Address of a PostgreSQL server on which tests may create databases: `TEST_DATABASE_URL`, or null.
 *
 * @throws {Error} if there is none and `VIDPIPE_REQUIRE` demands it.
 */
export const findPostgres = (): string | null => need('postgres', process.env['TEST_DATABASE_URL'] || null);

/**
 * Path of Chromium: `CHROMIUM_PATH`, or the first one on the PATH, or null.
 *
 * @throws {Error} if there is none and `VIDPIPE_REQUIRE` demands it.
 */
export const findChromium = (): string | null =>
  need('chromium', process.env['CHROMIUM_PATH'] || firstOnPath(CHROMIUM_NAMES));

/**
 * Path of LibreOffice: `SOFFICE_PATH`, or the first one on the PATH, or null.
 *
 * @throws {Error} if there is none and `VIDPIPE_REQUIRE` demands it.
 */
export const findLibreOffice = (): string | null =>
  need('libreoffice', process.env['SOFFICE_PATH'] || firstOnPath(['soffice', 'libreoffice']));

/**
 * Folder of recorded speech with its words (Debian's pocketsphinx-testdata), where PocketSphinx is installed, too; or null.
 *
 * @throws {Error} if there is none and `VIDPIPE_REQUIRE` demands it.
 */
export const findRecordings = (): string | null =>
  need(
    'recordings',
    firstOnPath(['pocketsphinx_batch']) && firstFolder(['/usr/share/pocketsphinx/test/data/librivox']),
  );

/**
 * Folder of the prompts of a telephone exchange (Debian's asterisk-core-sounds-en-g722), where PocketSphinx is installed, too; or null.
 *
 * @throws {Error} if there is none and `VIDPIPE_REQUIRE` demands it.
 */
export const findPrompts = (): string | null =>
  need(
    'prompts',
    firstOnPath(['pocketsphinx_batch']) && firstFolder(['/usr/share/asterisk/sounds/en_US_f_Allison']),
  );

const firstFolder = (folders: string[]): string | null =>
  folders.find((folder) => existsSync(folder)) ?? null;

function need(what: Need, found: string | null): string | null {
  if (found === null && REQUIRED.includes(what))
    throw new Error(`VIDPIPE_REQUIRE demands ${what}; none found`);
  return found;
}

function firstOnPath(names: string[]): string | null {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  const files = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return files.find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
