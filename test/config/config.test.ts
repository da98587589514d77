import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { asksForKeys, InvalidSettingsError, loadConfig } from '../../src/platform/config.ts';
import { describeConfig } from '../../src/platform/config-description.ts';
import { parseStorageUrl } from '../../src/platform/storage/storage-url.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';

const emptyDataDir = () => temporaryFolder('config');

function dataDirWith(content: string | Buffer): string {
  const dataDir = emptyDataDir();
  writeFileSync(path.join(dataDir, 'config.json'), content);
  return dataDir;
}

function refusal(env: NodeJS.ProcessEnv): string {
  try {
    loadConfig({ VIDPIPE_DATA_DIR: emptyDataDir(), ...env });
  } catch (error) {
    if (error instanceof InvalidSettingsError) return error.message;
    throw error;
  }
  throw new Error('the settings were accepted');
}

describe('where a setting comes from', () => {
  test('without anything given, the server is local and the data beside the caller', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      databaseUrl: null,
      role: 'all',
      logLevel: 'info',
    });
    expect(config.dataDir).toBe(path.resolve('.vidpipe'));
    expect(config.sources.port).toBe('default');
  });

  test('the environment wins over the file, the command line over both', () => {
    const dataDir = dataDirWith('{"PORT": 4001, "LOG_LEVEL": "warn", "VIDPIPE_CONCURRENCY": 3}');
    const env = { VIDPIPE_DATA_DIR: dataDir, PORT: '4002', LOG_LEVEL: 'error' };
    const config = loadConfig(env, { port: '4003' });
    expect(config).toMatchObject({ port: 4003, logLevel: 'error', concurrency: 3 });
    expect(config.sources).toMatchObject({
      port: 'command line',
      logLevel: 'environment',
      concurrency: 'config.json',
      host: 'default',
    });
  });

  test.each([
    ['with a mark', Buffer.from('\uFEFF{"PORT": 4001}')],
    ['in UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('{"PORT": 4001}', 'utf16le')])],
  ])('config.json is read as Windows saves it, %s', (_how, content) => {
    expect(loadConfig({ VIDPIPE_DATA_DIR: dataDirWith(content) })).toMatchObject({ port: 4001 });
  });

  test('an empty value in the environment is none', () => {
    expect(loadConfig({ DATABASE_URL: '', PORT: '' })).toMatchObject({ databaseUrl: null, port: 4000 });
  });
});

describe('a wrong setting stops the start', () => {
  test('every wrong one is named at once, with what would be right, in one line', () => {
    const message = refusal({
      PORT: '80x',
      LOG_LEVEL: 'loud',
      VIDPIPE_ROLE: 'boss',
      VIDPIPE_CONCURRENCY: '0',
    });
    expect(message).toContain('PORT: must be a whole number from 0 to 65535, not "80x" (environment).');
    expect(message).toMatch(/LOG_LEVEL: .*debug/);
    expect(message).toMatch(/VIDPIPE_ROLE: must be all, api or worker/);
    expect(message).toMatch(/VIDPIPE_CONCURRENCY: .*1 to 64/);
    expect(message).not.toContain('\n');
  });

  test.each(['-1', '65536', '4e3', '4000.5', ' 4000'])('port %j is none', (port) => {
    expect(refusal({ PORT: port })).toMatch(/^PORT:/);
  });

  test('a refused DATABASE_URL is not repeated: it may hold a password', () => {
    const message = refusal({ DATABASE_URL: 'mysql://root:hunter2@db/films' });
    expect(message).toMatch(/^DATABASE_URL: must be a PostgreSQL address/);
    expect(message).not.toContain('hunter2');
  });

  test.each([
    'films',
    '/mnt/films',
    'file:films',
    'https://bucket/films',
    's3://',
    's3://films?forcePathStyle=yes',
    's3://films?endpoint=localhost:9000',
    's3://key:hunter2@films',
    's3://films?secretAccessKey=hunter2',
    's3://films?endpoint=http://key:hunter2@127.0.0.1:9000',
    'gs://films?credentials=hunter2',
  ])('storage address %s is refused without being repeated: it may hold a secret', (url) => {
    const message = refusal({ VIDPIPE_STORAGE_URL: url });
    expect(message).toMatch(/^VIDPIPE_STORAGE_URL: must be file:.*s3:.*gs:.*, not what is given/);
    expect(message).not.toContain('hunter2');
  });

  test.each(['*', 'films.example', 'https://films.example/graphql', 'https://user@films.example', 'ftp://a'])(
    '%s is no origin',
    (text) => {
      expect(refusal({ VIDPIPE_PUBLIC_URLS: text })).toMatch(/^VIDPIPE_PUBLIC_URLS: must be origins/);
      expect(refusal({ VIDPIPE_ALLOWED_ORIGINS: `http://a,${text}` })).toMatch(/^VIDPIPE_ALLOWED_ORIGINS:/);
    },
  );

  test('a refused VIDPIPE_API_KEY is not repeated', () => {
    const message = refusal({ VIDPIPE_API_KEY: 'sk-hunter2' });
    expect(message).toMatch(/^VIDPIPE_API_KEY: must be a key/);
    expect(message).not.toContain('hunter2');
  });
});

describe('API keys', () => {
  test.each(['localhost', '127.0.0.1', '127.0.0.2', '::1'])('are not asked for on %s by itself', (HOST) => {
    expect(asksForKeys(loadConfig({ HOST }))).toBe(false);
  });

  test.each(['0.0.0.0', '::', '192.168.1.7', 'films.example', '127.0.0.1.example'])(
    'are always asked for on %s',
    (HOST) => {
      expect(asksForKeys(loadConfig({ HOST }))).toBe(true);
    },
  );

  test('are always asked for where clients come through a proxy, or where they are set to be', () => {
    const config = loadConfig({ VIDPIPE_PUBLIC_URLS: 'https://Films.example/, http://api:4000' });
    expect(config.publicUrls).toEqual(['https://films.example', 'http://api:4000']);
    expect(asksForKeys(config)).toBe(true);
    expect(asksForKeys(loadConfig({ VIDPIPE_AUTH: 'keys' }))).toBe(true);
  });
});

describe('a corrupt config.json stops the start', () => {
  test.each([
    ['{"PORT": 4001', 'is not JSON'],
    ['[1, 2]', 'must be an object'],
    ['{"PORT": {}}', 'must be an object of setting names and values'],
    ['{"PROT": 4001}', 'knows no PROT; it takes HOST, PORT'],
    ['{"VIDPIPE_DATA_DIR": "/elsewhere"}', 'knows no VIDPIPE_DATA_DIR'],
  ])('%s', (content, complaint) => {
    const dataDir = dataDirWith(content);
    const message = refusal({ VIDPIPE_DATA_DIR: dataDir });
    expect(message).toContain(path.join(dataDir, 'config.json'));
    expect(message).toContain(complaint);
  });

  test('a wrong value in it is told as such', () => {
    expect(refusal({ VIDPIPE_DATA_DIR: dataDirWith('{"PORT": "many"}') })).toContain('(config.json)');
  });

  test('a data directory that is a file is refused by name', () => {
    const file = path.join(emptyDataDir(), 'file');
    writeFileSync(file, '');
    expect(refusal({ VIDPIPE_DATA_DIR: file })).toMatch(/^VIDPIPE_DATA_DIR: .*is not a folder/);
  });

  test('a config.json that cannot be read is refused by its folder', () => {
    const dataDir = emptyDataDir();
    mkdirSync(path.join(dataDir, 'config.json'));
    expect(refusal({ VIDPIPE_DATA_DIR: dataDir })).toMatch(/^VIDPIPE_DATA_DIR: .*cannot be read/);
  });
});

test.each([
  ['file:///mnt/my%20films/', { kind: 'LOCAL', directory: '/mnt/my films' }],
  ['s3://films', { kind: 'S3', bucket: 'films', prefix: '', region: undefined, forcePathStyle: false }],
  ['s3://films/a/b/?region=eu-west-1', { bucket: 'films', prefix: 'a/b', region: 'eu-west-1' }],
  ['s3://films?endpoint=http://127.0.0.1:9000', { endpoint: 'http://127.0.0.1:9000', forcePathStyle: true }],
  ['s3://films?endpoint=https://s3.example&forcePathStyle=false', { forcePathStyle: false }],
  ['gs://films/a', { kind: 'GCS', bucket: 'films', prefix: 'a' }],
])('%s is a storage address', (url, address) => {
  expect(loadConfig({ VIDPIPE_STORAGE_URL: url }).storageUrl).toBe(url);
  expect(parseStorageUrl(url)).toMatchObject(address);
});

describe('describing the settings', () => {
  test('a password is masked wherever it stands in DATABASE_URL', () => {
    const url = 'postgresql://me:hunter2@db/films?password=hunter3&sslmode=require';
    const shown = describeConfig(loadConfig({ DATABASE_URL: url })).find(
      ({ name }) => name === 'DATABASE_URL',
    );
    expect(shown).toMatchObject({ source: 'environment' });
    expect(shown?.value).toBe('postgresql://me:***@db/films?password=***&sslmode=require');
  });
});
