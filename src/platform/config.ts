import { BlockList, isIP } from 'node:net';
import path from 'node:path';
import { keepSecret } from '../core/redact/known-secrets.ts';
import { isSecretName } from '../core/redact/secret-names.ts';
import { readConfigFile } from './config-file.ts';
export { filesDirectory } from './storage/storage-url.ts';
import {
  SECRET_SETTINGS,
  SETTINGS,
  SETTING_KEYS,
  type SettingKey,
  type Settings,
} from './settings/settings.ts';

/** Where a setting's value came from; a later one wins over an earlier. */
export type SettingSource = 'default' | 'config.json' | 'environment' | 'command line';

/** The settings of this process, and where each came from. */
export type Config = Settings & { readonly sources: Readonly<Record<SettingKey, SettingSource>> };

/** Settings that stop the start. The message is one line that names each wrong one and what would be right. */
export class InvalidSettingsError extends Error {
  override readonly name = 'InvalidSettingsError';

  constructor(problems: string[]) {
    super(problems.join(' '));
  }
}

type Given = { text: string | null; source: SettingSource };
type Texts = Partial<Record<SettingKey, string | undefined>>;

/**
 * Reads the settings: command line, environment, `<data dir>/config.json`, defaults, the first that has one. From then on
 * no log of this process shows those that are secret, nor what else is secret in the environment.
 *
 * @param env names as in {@link SETTINGS}; an empty value counts as absent.
 * @param commandLine texts as a person typed them.
 * @throws {InvalidSettingsError} naming every wrong setting.
 */
export function loadConfig(env: NodeJS.ProcessEnv, commandLine: Texts = {}): Config {
  const problems: string[] = [];
  const fromStart = (key: SettingKey): Given | undefined => {
    const given = commandLine[key];
    if (given !== undefined) return { text: given, source: 'command line' };
    const text = env[SETTINGS[key].name];
    return text ? { text, source: 'environment' } : undefined;
  };
  const dataDir = path.resolve(fromStart('dataDir')?.text ?? SETTINGS.dataDir.fallback);
  const file = readConfigFile(dataDir, problems);

  const find = (key: SettingKey): Given => {
    const inFile = file[SETTINGS[key].name];
    const given =
      fromStart(key) ?? (inFile === undefined ? undefined : { text: inFile, source: 'config.json' });
    return given ?? { text: SETTINGS[key].fallback, source: 'default' };
  };
  for (const [name, text = ''] of Object.entries(env)) if (isSecretName(name)) keepSecret(text);
  const entries = SETTING_KEYS.map((key) => {
    const { text, source } = find(key);
    // Several of them are written with commas between.
    if (text !== null && SECRET_SETTINGS.has(key))
      for (const each of text.split(',')) keepSecret(each.trim());
    return { key, source, value: parse(key, text, source, problems) };
  });
  if (problems.length > 0) throw new InvalidSettingsError(problems);

  return {
    ...Object.fromEntries(entries.map(({ key, value }) => [key, value])),
    sources: Object.fromEntries(entries.map(({ key, source }) => [key, source])),
  } as Config;
}

/** Whether a server of these settings asks for API keys even while its database has none: others could come. */
export const asksForKeys = ({ auth, host, publicUrls }: Config): boolean =>
  auth === 'keys' || !isLoopback(host) || publicUrls !== null;

/** Addresses: one that is refused may hold a password. */
const MAY_HOLD_SECRETS = new Set<string>([
  'databaseUrl',
  'storageUrl',
  'geminiBaseUrl',
  'vertexBaseUrl',
  ...SECRET_SETTINGS,
]);

function parse(key: SettingKey, text: string | null, source: SettingSource, problems: string[]) {
  const { schema, accepts } = SETTINGS[key];
  const result = schema.safeParse(text);
  if (result.success) return result.data;
  const shown = MAY_HOLD_SECRETS.has(key) ? 'what is given' : JSON.stringify(text);
  const from = source === 'command line' ? '' : ` (${source})`;
  problems.push(`${nameOfSetting(key, source)}: must be ${accepts}, not ${shown}${from}.`);
  return undefined;
}

/** A setting as it was given: the option on the command line, else its name. */
export const nameOfSetting = (key: SettingKey, source: SettingSource): string =>
  source === 'command line' ? `--${key}` : SETTINGS[key].name;

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Whether only programs of this machine reach what listens there. */
export function isLoopback(host: string): boolean {
  const family = isIP(host);
  return family === 0 ? host === 'localhost' : LOOPBACK.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
