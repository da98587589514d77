import type { z } from 'zod';
import { GOOGLE_SETTINGS } from './google-settings.ts';
import { OWN_SETTINGS } from './own-settings.ts';

/**
 * Every setting of the program; nothing else is read from the environment.
 *
 * `schema` reads the text of the environment, `accepts` says in words what it takes.
 */
export const SETTINGS = { ...OWN_SETTINGS, ...GOOGLE_SETTINGS };

/** Settings whose values are never shown. */
export const SECRET_SETTINGS: ReadonlySet<string> = new Set([
  'apiKey',
  'secretKey',
  'geminiApiKey',
  'googleApiKey',
]);

export type SettingKey = keyof typeof SETTINGS;

/** The value of every setting. */
export type Settings = { readonly [K in SettingKey]: z.output<(typeof SETTINGS)[K]['schema']> };

export const SETTING_KEYS = Object.keys(SETTINGS) as SettingKey[];
