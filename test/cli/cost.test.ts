/** What a film costs, on the command line: before it is begun, while it is made, and after it. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askYes } from '../../src/cli/input/ask-yes.ts';
import { dollars, localeOf } from '../../src/cli/output/money.ts';
import { type PaidServer, servePaidFilms } from '../support/paid-server.ts';
import { pngOf } from '../support/pictures.ts';
import { newDataDir } from '../support/vidpipe-process.ts';

const FILM_MILLISECONDS = 180_000;

/** Two scenes of one second: a storyboard of 0.9 cents, three pictures of 4 and two seconds of 10. */
const FILM = ['A fox wakes. A hare runs.', '--clip-duration', '1', '--duration', '2'];
const COST = 329_000;

let server: PaidServer;
beforeAll(async () => {
  server = await servePaidFilms();
});
afterAll(() => server.stop());

describe('vidpipe estimate', () => {
  test('tells each stage that costs, the sum and the scenes, and begins nothing', async () => {
    const { code, stdout, stderr } = await server.vidpipe(['estimate', ...FILM]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      'storyboard  1 to 3 x  $0.009 to $0.027',
      'keyframes        3 x  $0.12',
      'clips            2 x  $0.20',
      'likely $0.329 ($0.329 to $0.347), 2 scenes',
      '',
    ]);
    expect(await server.paid.ledger()).toEqual([]);
    expect((await server.vidpipe(['list'])).stdout).toBe('');
  });

  test('writes amounts as the person does', { tags: 'long' }, async () => {
    const { stdout } = await server.vidpipe(['estimate', ...FILM], { LC_ALL: 'de_DE.UTF-8' });
    expect(stdout.replaceAll('\u00A0', ' ')).toContain('likely 0,329 $ (0,329 $ to 0,347 $)');
  });

  test('is integers for programs', { tags: 'long' }, async () => {
    const { stdout } = await server.vidpipe(['estimate', ...FILM, '--json'], { LC_ALL: 'de_DE.UTF-8' });
    expect(JSON.parse(stdout)).toMatchObject({ isFree: false, totalMicroUsd: { likely: COST } });
  });

  test('names every value that is wrong', { tags: 'long' }, async () => {
    const { code, stderr } = await server.vidpipe([
      'estimate',
      'A fox',
      '--style',
      'baroque',
      '--crossfade',
      '9',
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^--style: .*--crossfade: /);
  });
});

describe('nothing that costs is begun', () => {
  test.each<[string, string[], RegExp]>([
    ['without a word where nobody can be asked', [], /add --yes, or --max-cost DOLLARS/],
    [
      'below what it costs at least',
      ['--max-cost', '0.32'],
      /^--max-cost: The film costs at least \$0\.329;/m,
    ],
    ['with an amount that is none', ['--max-cost', 'much'], /^--max-cost: Must be an amount in US dollars/],
  ])('%s', async (_what, options, line) => {
    const { code, stdout, stderr } = await server.vidpipe(['generate', ...FILM, ...options]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(line);
    expect(await server.paid.ledger()).toEqual([]);
  });

  test('with a reference image either, and its project is gone again', { tags: 'long' }, async () => {
    const picture = path.join(newDataDir(), 'loaf.png');
    writeFileSync(picture, pngOf());
    const before = (await server.vidpipe(['list'])).stdout;
    const { code, stderr } = await server.vidpipe(['generate', ...FILM, '--product', picture]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/draws without reference images: the 1 of the project are not used/);
    expect((await server.vidpipe(['list'])).stdout).toBe(before);
    expect(await server.paid.ledger()).toEqual([]);
  });
});

test(
  'a film tells its cost before, while it is made, and after it, to a person',
  { timeout: FILM_MILLISECONDS, tags: 'long' },
  async () => {
    const { code, stderr } = await server.vidpipe(['generate', ...FILM, '--yes'], { LANG: 'fr_FR.UTF-8' });
    expect(code).toBe(0);
    const lines = stderr.replaceAll(/[\u00A0\u202F]/gu, ' ').split('\n');
    expect(lines.findIndex((line) => line.startsWith('likely 0,329 $US'))).toBe(3);
    expect(lines.filter((line) => /\d %.*\$US spent/.test(line)).length).toBeGreaterThan(2);
    expect(lines).toContain('0,329 $US spent (likely 0,329 $US, as it was estimated)');
    expect((await server.vidpipe(['status'])).stdout).toContain('$0.329 spent');
  },
);

type Line = {
  type: string;
  cost: { settledMicroUsd: number; reservedMicroUsd: number };
  estimatedCostMicroUsd: number;
};

test(
  'and to a program, under a cap that it just fits',
  { timeout: FILM_MILLISECONDS, tags: 'long' },
  async () => {
    const { code, stdout } = await server.vidpipe(['generate', ...FILM, '--max-cost', '0.33', '--json']);
    expect(code).toBe(0);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    expect(lines[0]).toMatchObject({ type: 'estimate', totalMicroUsd: { low: COST } });
    const spent = lines.filter(({ type }) => type === 'progress').map(({ cost }) => cost.settledMicroUsd);
    expect(spent).toEqual(spent.toSorted((one, other) => one - other));
    expect(new Set(spent).size).toBeGreaterThan(3);
    expect(lines.at(-1)).toMatchObject({
      type: 'result',
      estimatedCostMicroUsd: COST,
      cost: { settledMicroUsd: COST, estimatedMicroUsd: 0, reservedMicroUsd: 0, unknownMicroUsd: 0 },
    });
  },
);

test.each([
  ['y\n', true],
  ['YES\n', true],
  ['n\n', false],
  ['\n', false],
  ['', false],
])('asked, %j is a yes: %s', async (typed, isYes) => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  input.end(typed);
  expect(await askYes('Make it? ', input, output)).toBe(isYes);
  expect(String(output.read())).toContain('Make it? ');
});

test.each([
  [{ LC_ALL: 'de_AT.UTF-8@euro', LC_NUMERIC: 'fr_FR', LANG: 'en_GB' }, 'de-AT'],
  [{ LC_NUMERIC: 'fr_FR.UTF-8', LANG: 'en_GB' }, 'fr-FR'],
  [{ LANG: 'en_GB.UTF-8' }, 'en-GB'],
  [{ LANG: 'C.UTF-8' }, 'en-US'],
  [{ LANG: 'not a locale' }, 'en-US'],
  [{}, 'en-US'],
])('the locale of %j is %s', (env, locale) => {
  expect(localeOf(env)).toBe(locale);
  expect(dollars(1_500_000, locale)).toMatch(/1[.,]50/);
});
