/** Whatever is told to the log, and wherever a secret stands in it: no row has it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { redact } from '../../src/core/redact/redact.ts';
import { recordAudit, recordTogether } from '../../src/features/audit/log/audit.ts';
import { loadConfig } from '../../src/platform/config.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform();

const lettersOf = (letters: string) => fc.constantFrom(...letters.split(''));
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const secretOf = (length: number, more = '') =>
  fc
    .array(lettersOf(LETTERS + more), { minLength: length, maxLength: 2 * length })
    .map((letters) => `Z9${letters.join('')}`);

const words = fc.constantFrom(
  '',
  'Try again: ',
  'Google said (',
  '{ not JSON "',
  'films/a.mp4?b=1 ',
  '\n',
  'é💡 ',
);

/** Names under which nothing may be shown, as different programs write them. */
const secretNames = fc
  .tuple(
    fc.constantFrom('', 'x-goog-', 'my_', 'db.', 'GEMINI_', 'client'),
    fc.constantFrom(
      'password',
      'passwd',
      'passphrase',
      'secret',
      'token',
      'apiKey',
      'api_key',
      'api-key',
      'API_KEY',
      'Authorization',
      'credentials',
      'private_key',
      'accessKey',
      'set-cookie',
      'pwd',
      'signature',
      'secretAccessKey',
      'refreshToken',
    ),
  )
  .map(([before, name]) => before + name);

type Planted = { secret: string; value: unknown };

/** A text with a secret in it, as texts of errors, addresses and answers have them. */
const texts: fc.Arbitrary<Planted> = fc
  .tuple(secretOf(20), secretOf(20, '-._~+'), secretNames, words, words)
  .chain(([secret, spiced, name, before, after]) =>
    fc.constantFrom<Planted>(
      { secret, value: `${before}https://a.example/v1?x=1&key=${secret}&y=2 ${after}` },
      { secret, value: `${before}https://a.example/v1?${name}=${secret}#top ${after}` },
      { secret, value: `${before}postgresql://me:${secret}@db:5432/films ${after}` },
      { secret: spiced, value: `${before} Authorization: Bearer ${spiced} ${after}` },
      { secret: spiced, value: `${before}Authorization: AWS4-HMAC Credential=a, Signature=${spiced}` },
      { secret: spiced, value: `${before} bearer ${spiced} ${after}` },
      { secret, value: `${before} Basic ${secret}== ${after}` },
      { secret: spiced, value: `${before} Cookie: theme=dark; session=${spiced}` },
      { secret: spiced, value: `${before} ${name}=${spiced} ${after}` },
      { secret: spiced, value: `${before} "${name}": "${spiced}" ${after}` },
      { secret: spiced, value: `curl -H 'x-goog-api-key: ${spiced}' ${after}` },
      { secret: spiced, value: JSON.stringify({ a: [{ [name]: { b: [spiced] } }] }) },
      { secret: spiced, value: JSON.stringify(JSON.stringify({ a: 1, [name]: spiced })) },
      { secret: spiced, value: `${before}{"error": "{\\"${name}\\": \\"${spiced}\\"}"` },
      { secret, value: `${before} AIza${secret} ${after}` },
      { secret, value: `${before} ya29.${secret} ${after}` },
      { secret, value: `${before} sk-${secret} ${after}` },
      { secret, value: `${before} whsec_${secret} ${after}` },
      { secret: secret.repeat(2).slice(0, 43), value: `vp_1a2b3c4d_${secret.repeat(2).slice(0, 43)}` },
      { secret, value: `-----BEGIN RSA PRIVATE KEY-----\n${secret}\n-----END RSA PRIVATE KEY-----` },
    ),
  );

/** Anything at all, under a name that says that it is secret. */
const named: fc.Arbitrary<Planted> = fc
  .tuple(secretNames, secretOf(1), fc.integer({ min: 0, max: 3 }))
  .map(([name, secret, depth]) => ({ secret: `"${secret}"`, value: { [name]: buried(secret, depth) } }));

const buried = (value: unknown, depth: number): unknown =>
  depth === 0 ? value : depth % 2 === 0 ? [1, buried(value, depth - 1)] : { inner: buried(value, depth - 1) };

/** Keys of this process's settings, which look like nothing. */
const GIVEN = ['correct/horse+battery', 'Zq3.xx-otherkey', 'from-the-environment'];
loadConfig(
  {
    GEMINI_API_KEY: 'Zq3.xx-otherkey',
    SOMEBODYS_TOKEN: 'from-the-environment',
    VIDPIPE_DATA_DIR: '/nowhere',
  },
  { googleApiKey: 'correct/horse+battery' },
);
const given: fc.Arbitrary<Planted> = fc
  .tuple(fc.constantFrom(...GIVEN), words, words)
  .map(([secret, before, after]) => ({ secret, value: `${before}${secret}${after}` }));

const planted = fc.oneof({ weight: 4, arbitrary: texts }, named, given);

/** Where a secret lies: a way through names and lists, with other things beside it. */
const details = fc
  .tuple(
    planted,
    fc.array(fc.oneof(fc.string(), fc.constant('__proto__'), fc.integer({ min: 0, max: 3 })), {
      maxLength: 6,
    }),
    fc.jsonValue({ maxDepth: 2 }),
  )
  .map(([{ secret, value }, way, beside]) => ({
    secret,
    details: Object.fromEntries([
      ['beside', beside],
      ['planted', way.reduce<unknown>((inner, step) => wrap(inner, step), value)],
    ]),
  }));

const wrap = (inner: unknown, step: string | number): unknown =>
  typeof step === 'string'
    ? Object.fromEntries([[step, inner]])
    : [...Array.from({ length: step }, () => null), inner];

/** PostgreSQL keeps no NUL, and JSON no half of a pair: neither is what this is about. */
const isStorable = (value: unknown) => !/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(value));

const record = (message: string, told: Record<string, unknown>) =>
  recordTogether(platform.db, (tx) =>
    recordAudit(tx, platform.ctx.actor, {
      subject: { type: 'Project', id: newId() },
      eventType: 'API_CALL',
      message,
      details: told,
    }),
  );

async function newestRow(): Promise<string> {
  const { rows } = await platform.database.pool.query<{ row: string }>(
    'SELECT to_json(l)::text AS row FROM audit_logs l ORDER BY sequence DESC LIMIT 1',
  );
  return rows[0]?.row ?? '';
}

test('a secret in the details of an entry is in no row of the log, at any depth and in any form', async () => {
  await fc.assert(
    fc.asyncProperty(details.filter(isStorable), async ({ secret, details: told }) => {
      await record('A provider was called.', told);
      const row = await newestRow();
      expect(row).toContain('A provider was called.');
      expect(row).toContain('[redacted]');
      expect(row).not.toContain(secret);
    }),
    { numRuns: 150 },
  );
});

test('nor one in its message', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(texts, given).filter(isStorable), async ({ secret, value }) => {
      await record(String(value), {});
      expect(await newestRow()).not.toContain(secret);
    }),
    { numRuns: 50 },
  );
});

test('what is no secret stays as it was told', async () => {
  const told = {
    operationKey: 'keyframe:0197f3c2:END:1',
    idempotencyKey: 'night-1',
    key: 'clip:7',
    url: 'https://a.example/films?first=20&after=7',
    words: 'The secret: a film. Tokens: 12; it was a basic mistake, the bearer of the ring.',
    json: '[ 1,  {"to": "VIDEO_DONE"} ]',
    nested: [{ from: null, percent: 12.5, isDone: true }],
  };
  const message = 'Project "Password of the lighthouse: a film" was deleted.';
  await record(message, told);
  const entry = await platform.db.auditLog.findFirstOrThrow({ orderBy: { sequence: 'desc' } });
  expect(entry).toMatchObject({ message, details: told });
});

test('a text that is made to be slow to read is not', () => {
  const MOST_MS = 2_000;
  for (const part of [
    'token',
    'a:',
    '"token":"',
    'token:\\"',
    'a://:',
    '&key',
    'eyJaaaaaaaaa.',
    '-----BEGIN ',
    '[',
  ]) {
    const from = performance.now();
    redact(part.repeat(100_000 / part.length));
    expect(performance.now() - from).toBeLessThan(MOST_MS);
  }
});
