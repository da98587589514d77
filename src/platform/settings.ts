import { availableParallelism } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { parseNetworks } from './outbound/networks.ts';
import { readKeys } from './secrets/secret-keys.ts';
import { parseStorageUrl } from './storage/storage-url.ts';

const wholeNumber = (lowest: number, highest: number) =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((value) => value >= lowest && value <= highest);

/** Origins, separated by commas; each in the form in which browsers send it. */
const origins = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine((given) => given.every(isOrigin))
  .transform((given) => given.map((part) => new URL(part).origin))
  .nullable();

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
}

const networks = z
  .string()
  .refine((text) => parseNetworks(text) !== null)
  .nullable();

const matching = (pattern: RegExp) => z.string().regex(pattern).nullable();
const webAddress = z.url({ protocol: /^https?$/ }).nullable();

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
  geminiApiKey: {
    name: 'GEMINI_API_KEY',
    schema: matching(/^\S+$/),
    fallback: null,
    accepts: 'an API key of Google AI Studio',
    meaning: "Pays for films by Google's Gemini API.",
  },
  googleApiKey: {
    name: 'GOOGLE_API_KEY',
    schema: matching(/^\S+$/),
    fallback: null,
    accepts: 'an API key of Google AI Studio',
    meaning: 'The same as GEMINI_API_KEY; wins if both are set.',
  },
  googleUseVertexai: {
    name: 'GOOGLE_GENAI_USE_VERTEXAI',
    schema: z.stringbool({ truthy: ['true'], falsy: ['false'] }),
    fallback: 'false',
    accepts: 'true or false',
    meaning: 'Whether films by Google are made on Vertex AI, with application default credentials.',
  },
  googleCloudProject: {
    name: 'GOOGLE_CLOUD_PROJECT',
    schema: matching(/^[\w.:-]+$/),
    fallback: null,
    accepts: 'the id of a Google Cloud project',
    meaning: 'Project that pays for Vertex AI.',
  },
  googleCloudLocation: {
    name: 'GOOGLE_CLOUD_LOCATION',
    schema: matching(/^[\w-]+$/),
    fallback: null,
    accepts: 'a location of Google Cloud, as in global or europe-west4',
    meaning: 'Where Gemini models are asked for on Vertex AI: us or eu, and global for any other.',
  },
  geminiBaseUrl: {
    name: 'GOOGLE_GEMINI_BASE_URL',
    schema: webAddress,
    fallback: null,
    accepts: 'a web address',
    meaning: "Speaks the Gemini API in Google's place, downloads included.",
  },
  vertexBaseUrl: {
    name: 'GOOGLE_VERTEX_BASE_URL',
    schema: webAddress,
    fallback: null,
    accepts: 'a web address',
    meaning: "Speaks Vertex AI and Cloud Storage in Google's place.",
  },
  googleApiVersion: {
    name: 'GOOGLE_GENAI_API_VERSION',
    schema: matching(/^v\d+((alpha|beta)\d*)?$/),
    fallback: null,
    accepts: 'a version, as in v1beta',
    meaning:
      "Version of Google's API; v1 for the Gemini API (v1beta for Omni) and v1beta1 for Vertex AI unless set.",
  },
  googleTextModel: {
    name: 'VIDPIPE_GOOGLE_TEXT_MODEL',
    schema: matching(/^[\w.-]+$/),
    fallback: null,
    accepts: 'a model that docs/google.md lists',
    meaning: 'Writes storyboards.',
  },
  googleImageModel: {
    name: 'VIDPIPE_GOOGLE_IMAGE_MODEL',
    schema: matching(/^[\w.-]+$/),
    fallback: null,
    accepts: 'a model that docs/google.md lists',
    meaning: 'Draws keyframes.',
  },
  googleVideoModel: {
    name: 'VIDPIPE_GOOGLE_VIDEO_MODEL',
    schema: matching(/^[\w.-]+$/),
    fallback: null,
    accepts: 'a model that docs/google.md lists',
    meaning: 'Makes clips.',
  },
  googleResolution: {
    name: 'VIDPIPE_GOOGLE_RESOLUTION',
    schema: z.enum(['360p', '720p', '1080p', '4k']),
    fallback: '720p',
    accepts: '360p, 720p, 1080p or 4k',
    meaning: 'Resolution of clips by Google, where the model has it.',
  },
  googleClipsPerMinute: {
    name: 'VIDPIPE_GOOGLE_CLIPS_PER_MINUTE',
    schema: wholeNumber(1, 1_000).nullable(),
    fallback: null,
    accepts: 'a whole number from 1 to 1000',
    meaning:
      'Clips that are asked of Google in any minute, over all machines; 5 by Omni, 10 by Veo unless set.',
  },
  googleClipsPerDay: {
    name: 'VIDPIPE_GOOGLE_CLIPS_PER_DAY',
    schema: wholeNumber(1, 100_000).nullable(),
    fallback: null,
    accepts: 'a whole number from 1 to 100000',
    meaning:
      'Clips that are asked of Google in a day (midnight Pacific); 90 by Omni, any number by Veo unless set.',
  },
  googleFramesPerMinute: {
    name: 'VIDPIPE_GOOGLE_FRAMES_PER_MINUTE',
    schema: wholeNumber(1, 1_000),
    fallback: '10',
    accepts: 'a whole number from 1 to 1000',
    meaning: "Frames that are asked of Google in any minute, over all machines; the account's quota.",
  },
  googlePollSeconds: {
    name: 'VIDPIPE_GOOGLE_POLL_SECONDS',
    schema: wholeNumber(1, 600),
    fallback: '15',
    accepts: 'a whole number from 1 to 600',
    meaning: 'Seconds between two looks at a clip that Google makes.',
  },
  googleMissingSeconds: {
    name: 'VIDPIPE_GOOGLE_MISSING_SECONDS',
    schema: wholeNumber(0, 86_400),
    fallback: '300',
    accepts: 'a whole number from 0 to 86400',
    meaning: 'How long a clip that Google took and then does not know (404) is asked about again.',
  },
  googleWaitSeconds: {
    name: 'VIDPIPE_GOOGLE_WAIT_SECONDS',
    schema: wholeNumber(1, 600),
    fallback: '30',
    accepts: 'a whole number from 1 to 600',
    meaning:
      'First wait where Google is overloaded and does not say for how long; each after it is twice as long.',
  },
  googlePatienceSeconds: {
    name: 'VIDPIPE_GOOGLE_PATIENCE_SECONDS',
    schema: wholeNumber(0, 86_400),
    fallback: '1500',
    accepts: 'a whole number from 0 to 86400',
    meaning: 'How long a step waits in all where Google is overloaded or takes no more; it then fails.',
  },
  googleTimeoutSeconds: {
    name: 'VIDPIPE_GOOGLE_TIMEOUT_SECONDS',
    schema: wholeNumber(1, 600),
    fallback: '300',
    accepts: 'a whole number from 1 to 600',
    meaning: 'Longest that a call to Google may take; what a paid one came to is unknown after that.',
  },
  googleOutputUri: {
    name: 'VIDPIPE_GOOGLE_OUTPUT_URI',
    schema: matching(/^gs:\/\/[\w.-]+(\/[^?#]*)?$/),
    fallback: null,
    accepts: 'gs://bucket/folder',
    meaning: 'Where clips made on Vertex AI are put in Cloud Storage; without it they are sent.',
  },
  googleOmniTransport: {
    name: 'VIDPIPE_GOOGLE_OMNI_TRANSPORT',
    schema: z.enum(['auto', 'background', 'hold', 'stream']),
    fallback: 'auto',
    accepts: 'auto, background, hold or stream',
    meaning:
      'How Omni is asked for clips: answered at once and read later, when the film is made, or in events; auto takes what is known to work.',
  },
  googleFileSeconds: {
    name: 'VIDPIPE_GOOGLE_FILE_SECONDS',
    schema: wholeNumber(1, 3_600),
    fallback: '240',
    accepts: 'a whole number from 1 to 3600',
    meaning: 'Longest that the file of a finished clip is waited for before the clip is left for later.',
  },
} as const;

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
