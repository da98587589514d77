import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { decodeText } from '../core/decode-text.ts';
import { SETTINGS, SETTING_KEYS } from './settings/settings.ts';

// The file is found through the data directory, so it cannot move it.
const ALLOWED: string[] = SETTING_KEYS.filter((key) => key !== 'dataDir').map((key) => SETTINGS[key].name);

const content = z.record(z.string(), z.union([z.string(), z.number()]).transform(String));

/**
 * The settings in `<data dir>/config.json`, as text by name; none if there is no such file.
 *
 * @param problems gets a line that names the file for everything wrong with it.
 */
export function readConfigFile(dataDir: string, problems: string[]): Record<string, string> {
  const file = path.join(dataDir, 'config.json');
  const bytes = read(file, dataDir, problems);
  if (bytes === undefined) return {};
  const parsed = parseJson(bytes);
  if (parsed instanceof Error) {
    problems.push(`${file}: is not JSON: ${parsed.message}. Mend or delete it.`);
    return {};
  }
  const result = content.safeParse(parsed);
  if (!result.success) {
    problems.push(`${file}: must be an object of setting names and values, as in {"PORT": 4001}.`);
    return {};
  }
  for (const name of Object.keys(result.data)) {
    if (!ALLOWED.includes(name)) problems.push(`${file}: knows no ${name}; it takes ${ALLOWED.join(', ')}.`);
  }
  return result.data;
}

function read(file: string, dataDir: string, problems: string[]): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    const reason = code === 'ENOTDIR' ? 'is not a folder' : `cannot be read (${code})`;
    problems.push(
      `VIDPIPE_DATA_DIR: ${dataDir} ${reason}; choose a folder that this user may read and write.`,
    );
    return undefined;
  }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(decodeText(bytes));
  } catch (error) {
    return error;
  }
}
