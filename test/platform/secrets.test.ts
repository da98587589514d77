import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { readKeys } from '../../src/platform/secrets/secret-keys.ts';
import { openSecrets, SecretUnreadableError } from '../../src/platform/secrets/secrets.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';

const KEY = Buffer.alloc(32, 'a').toString('base64');
const OTHER = Buffer.alloc(32, 'b').toString('base64');
const withKeys = (keys: string) => openSecrets({ keys, ownDirectory: null });

describe('what is sealed', () => {
  const secrets = withKeys(KEY);
  const sealed = secrets.seal('whsec_secret', 'row 1');

  test('tells nothing, not even that two texts are the same', () => {
    expect(sealed).not.toContain('secret');
    expect(secrets.seal('whsec_secret', 'row 1')).not.toBe(sealed);
  });

  test('is opened in its row by a process that has the key, whichever is the newest', () => {
    expect(secrets.open(sealed, 'row 1')).toBe('whsec_secret');
    expect(withKeys(`${OTHER},${KEY}`).open(sealed, 'row 1')).toBe('whsec_secret');
  });

  test.each([
    ['in another row', sealed, 'row 2'],
    [
      'once a letter is another',
      sealed.replace(/[\w-](?=.{20}$)/, (one) => (one === 'A' ? 'E' : 'A')),
      'row 1',
    ],
    ['once it is cut', sealed.slice(0, -30), 'row 1'],
    ['once nothing of it is left', sealed.split('.').slice(0, 2).join('.'), 'row 1'],
  ])('is not opened %s', (_when, text, row) => {
    expect(() => secrets.open(text, row)).toThrow(SecretUnreadableError);
  });

  test('is not opened with another key, whose absence is named by an id', () => {
    const [key] = readKeys(KEY) ?? [];
    expect(() => withKeys(OTHER).open(sealed, 'row 1')).toThrow(`sealed with key ${key?.id}`);
  });
});

test.each([
  '',
  'x',
  KEY.slice(1),
  `${KEY},`,
  KEY.replace('=', ''),
  KEY.replace('YWFh', 'YWF!'),
  Buffer.alloc(16).toString('base64'),
])('"%s" is no list of keys', (text) => {
  expect(readKeys(text)).toBeNull();
});

describe('a process that shares its database with nobody', () => {
  let directory: string;
  let file: string;
  beforeEach(() => {
    directory = temporaryFolder('secrets');
    file = path.join(directory, 'secret.key');
  });
  const start = (keys: string | null = null) => openSecrets({ keys, ownDirectory: directory });

  test('makes a key of its own, which only its user can read, and finds it again', () => {
    const sealed = start().seal('text', 'row');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readKeys(readFileSync(file, 'utf8').trim())).toHaveLength(1);
    expect(start().open(sealed, 'row')).toBe('text');
  });

  test('closes one to others that a copy has opened', () => {
    start().seal('text', 'row');
    chmodSync(file, 0o644);
    start();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('uses the one of the setting if there is one', () => {
    const sealed = start(KEY).seal('text', 'row');
    expect(withKeys(KEY).open(sealed, 'row')).toBe('text');
    expect(() => statSync(file)).toThrow('ENOENT');
  });

  test('does not replace a key that it cannot read', () => {
    writeFileSync(file, 'half a k');
    expect(() => start()).toThrow(`${file} holds no key`);
    expect(readFileSync(file, 'utf8')).toBe('half a k');
  });
});
