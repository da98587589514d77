import { availableParallelism } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { readKeys } from '../secrets/secret-keys.ts';
import { parseStorageUrl } from '../storage/storage-url.ts';
import { matching, networks, origins, wholeNumber } from './read-text.ts';

/** Where vidpipe listens, keeps what it has, and how much it does at once. */
export const OWN_SETTINGS = {
  host: {
    name: 'HOST',
    schema: z.string().regex(/^[\w.:-]+$/),
    fallback: '127.0.0.1',
    accepts: 'an address of this machine, as in 127.0.0.1',
    meaning: 'Address the server listens on. Any but loopback asks for API keys.',
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
  auth: {
    name: 'VIDPIPE_AUTH',
    schema: z.enum(['auto', 'keys']),
    fallback: 'auto',
    accepts: 'auto or keys',
    meaning: 'Whether API keys are asked for: always (keys), or unless nobody else can come (auto).',
  },
  publicUrls: {
    name: 'VIDPIPE_PUBLIC_URLS',
    schema: origins,
    fallback: null,
    accepts: 'origins, as in https://films.example,http://api:4000',
    meaning: 'Where clients reach the server, other than on this machine; asks for API keys.',
  },
  allowedOrigins: {
    name: 'VIDPIPE_ALLOWED_ORIGINS',
    schema: origins,
    fallback: null,
    accepts: 'origins, as in https://app.example,http://localhost:5173',
    meaning: 'Pages from elsewhere that may use the server from a browser; without it none.',
  },
  webhookNetworks: {
    name: 'VIDPIPE_WEBHOOK_NETWORKS',
    schema: networks,
    fallback: null,
    accepts: 'networks, as in 192.168.0.0/16,127.0.0.1/32',
    meaning: 'Networks that webhooks may reach although they are not public; without it none.',
  },
  ingestFolder: {
    name: 'VIDPIPE_INGEST_PATH',
    schema: z
      .string()
      .transform((folder) => path.resolve(folder))
      .nullable(),
    fallback: null,
    accepts: 'a folder',
    meaning: 'Folder on the server that films may be brought in from by their path; without it none.',
  },
  ingestGigabytes: {
    name: 'VIDPIPE_INGEST_GIGABYTES',
    schema: wholeNumber(1, 10_000),
    fallback: '20',
    accepts: 'a whole number from 1 to 10000',
    meaning: 'Largest film that is brought in from outside, in gigabytes (10^9 bytes).',
  },
  ingestNetworks: {
    name: 'VIDPIPE_INGEST_NETWORKS',
    schema: networks,
    fallback: null,
    accepts: 'networks, as in 192.168.0.0/16,127.0.0.1/32',
    meaning: 'Networks that films may be fetched from although they are not public; without it none.',
  },
  whisperModel: {
    name: 'VIDPIPE_WHISPER_MODEL',
    schema: z
      .string()
      .transform((file) => path.resolve(file))
      .nullable(),
    fallback: null,
    accepts: 'a file in the form of ggml, as in /models/ggml-small.bin',
    meaning: 'Whisper model that hears what is said in videos, on every worker; without it others do.',
  },
  secretKey: {
    name: 'VIDPIPE_SECRET_KEY',
    schema: z
      .string()
      .refine((text) => readKeys(text) !== null)
      .nullable(),
    fallback: null,
    accepts: '32 random bytes in base64 (openssl rand -base64 32); older keys behind commas',
    meaning:
      'Seals the secrets that the database keeps, the same in every process; without it the embedded database has its own.',
  },
  metricsPort: {
    name: 'VIDPIPE_METRICS_PORT',
    schema: wholeNumber(0, 65_535).nullable(),
    fallback: null,
    accepts: 'a whole number from 0 to 65535',
    meaning:
      'Port where this process tells Prometheus its metrics, of HOST and without a key; 0 takes any free one. Without it nowhere.',
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
  maxSockets: {
    name: 'VIDPIPE_MAX_SOCKETS',
    schema: wholeNumber(1, 100_000),
    fallback: '1000',
    accepts: 'a whole number from 1 to 100000',
    meaning: 'Clients let in that a process holds at once on WebSockets and Server-Sent Events; 503 beyond.',
  },
  maxSocketsPerKey: {
    name: 'VIDPIPE_MAX_SOCKETS_PER_KEY',
    schema: wholeNumber(1, 100_000),
    fallback: '100',
    accepts: 'a whole number from 1 to 100000',
    meaning:
      'Of those, the ones of one API key; beyond, streams are answered with 503, sockets closed with 4503.',
  },
  maxWaitingSocketsPerAddress: {
    name: 'VIDPIPE_MAX_WAITING_SOCKETS_PER_ADDRESS',
    schema: wholeNumber(1, 100_000),
    fallback: '20',
    accepts: 'a whole number from 1 to 100000',
    meaning: 'WebSockets of one address that are not yet let in; more are answered with 503.',
  },
  trustedProxies: {
    name: 'VIDPIPE_TRUSTED_PROXIES',
    schema: networks,
    fallback: null,
    accepts: 'networks, as in 10.0.0.0/8,127.0.0.1/32',
    meaning: "Proxies whose X-Forwarded-For is believed; without it a connection's own address counts.",
  },
  keepAliveSeconds: {
    name: 'VIDPIPE_KEEP_ALIVE_SECONDS',
    schema: wholeNumber(1, 3_600),
    fallback: '65',
    accepts: 'a whole number from 1 to 3600',
    meaning:
      'Seconds that an idle HTTP connection is kept; longer than the load balancer before it keeps its own.',
  },
  headersSeconds: {
    name: 'VIDPIPE_HEADERS_SECONDS',
    schema: wholeNumber(1, 300),
    fallback: '30',
    accepts: 'a whole number from 1 to 300',
    meaning: 'Seconds that a client has to send the headers of a request.',
  },
  logRetentionDays: {
    name: 'VIDPIPE_LOG_RETENTION_DAYS',
    schema: wholeNumber(0, 3_650),
    fallback: '0',
    accepts: 'a whole number from 0 to 3650',
    meaning: 'Days that the log of changes is kept; 0 keeps all. A subscription can go back as far.',
  },
  logLevel: {
    name: 'LOG_LEVEL',
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    fallback: 'info',
    accepts: 'fatal, error, warn, info, debug, trace or silent',
    meaning: 'Least important log line that is written.',
  },
  apiKey: {
    name: 'VIDPIPE_API_KEY',
    schema: matching(/^vp_[\w-]+$/),
    fallback: null,
    accepts: 'a key that "vidpipe keys create" printed',
    meaning: 'What the command line shows to the server it talks to.',
  },
} as const;
