import { availableParallelism } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { parseNetworks } from './outbound/networks.ts';
import { parseStorageUrl } from './storage/storage-url.ts';

const wholeNumber = (lowest: number, highest: number) =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((value) => value >= lowest && value <= highest);

/**
 * Every setting of the program; nothing else is read from the environment.
 *
 * `schema` reads the text of the environment, `accepts` says in words what it takes.
 */
export const SETTINGS = {
  host: {
    name: 'HOST',
    schema: z.string().regex(/^[\w.:-]+$/),
    fallback: '127.0.0.1',
    accepts: 'an address of this machine, as in 127.0.0.1',
    meaning: 'Address the server listens on. Only loopback, until there are API keys.',
  },
  port: {
    name: 'PORT',
    schema: wholeNumber(0, 65_535),
    fallback: '4000',
    accepts: 'a whole number from 0 to 65535',
    meaning: 'Port the server listens on; 0 takes any free one.',
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    schema: z.url({ protocol: /^postgres(ql)?$/ }).nullable(),
    fallback: null,
    accepts: 'a PostgreSQL address, as in postgresql://user:password@host:5432/vidpipe',
    meaning: 'PostgreSQL 15 or newer to keep everything in; without it the embedded database is used.',
  },
  dataDir: {
    name: 'VIDPIPE_DATA_DIR',
    schema: z.string().transform((folder) => path.resolve(folder)),
    fallback: './.vidpipe',
    accepts: 'a folder',
    meaning: 'Folder of films, frames, the embedded database and config.json.',
  },
  storageUrl: {
    name: 'VIDPIPE_STORAGE_URL',
    schema: z
      .string()
      .refine((text) => parseStorageUrl(text) !== null)
      .nullable(),
    fallback: null,
    accepts: 'file:///folder, s3://bucket/folder?region=eu-west-1 or gs://bucket/folder, without credentials',
    meaning:
      'Where films and frames are kept; without it in VIDPIPE_DATA_DIR. Several machines need a shared one.',
  },
  webhookNetworks: {
    name: 'VIDPIPE_WEBHOOK_NETWORKS',
    schema: z
      .string()
      .refine((text) => parseNetworks(text) !== null)
      .nullable(),
    fallback: null,
    accepts: 'networks, as in 192.168.0.0/16,127.0.0.1/32',
    meaning: 'Networks that webhooks may reach although they are not public; without it none.',
  },
  role: {
    name: 'VIDPIPE_ROLE',
    schema: z.enum(['all', 'api', 'worker']),
    fallback: 'all',
    accepts: 'all, api or worker',
    meaning: 'What this process does: answer requests (api), make films (worker), or both (all).',
  },
  concurrency: {
    name: 'VIDPIPE_CONCURRENCY',
    schema: wholeNumber(1, 64),
    fallback: String(Math.min(availableParallelism(), 64)),
    accepts: 'a whole number from 1 to 64',
    meaning: 'Steps a worker does at the same time; the default is one for each processor.',
  },
  logLevel: {
    name: 'LOG_LEVEL',
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    fallback: 'info',
    accepts: 'fatal, error, warn, info, debug, trace or silent',
    meaning: 'Least important log line that is written.',
  },
} as const;

export type SettingKey = keyof typeof SETTINGS;

/** The value of every setting. */
export type Settings = { readonly [K in SettingKey]: z.output<(typeof SETTINGS)[K]['schema']> };

export const SETTING_KEYS = Object.keys(SETTINGS) as SettingKey[];
