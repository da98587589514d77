import type { Config, SettingSource } from './config.ts';
import { SECRET_SETTINGS, SETTINGS, SETTING_KEYS, type SettingKey } from './settings/settings.ts';

/** One setting as a person may see it. */
export type SettingDescription = {
  name: string;
  /** Passwords masked; empty if there is none. */
  value: string;
  source: SettingSource;
  meaning: string;
};

/** Every setting with its value, its source and its meaning; passwords masked. */
export const describeConfig = (config: Config): SettingDescription[] =>
  SETTING_KEYS.map((key) => ({
    name: SETTINGS[key].name,
    value: shown(key, config),
    source: config.sources[key],
    meaning: SETTINGS[key].meaning,
  }));

function shown(key: SettingKey, config: Config): string {
  if (key === 'databaseUrl') return maskPassword(config.databaseUrl);
  if (SECRET_SETTINGS.has(key) && config[key] !== null) return '***';
  return String(config[key] ?? '');
}

/** A database address fit for logs: the password is replaced, wherever it stands. */
export function maskPassword(address: string | null): string {
  if (address === null) return '';
  const url = new URL(address);
  if (url.password) url.password = '***';
  if (url.searchParams.has('password')) url.searchParams.set('password', '***');
  return url.href;
}
