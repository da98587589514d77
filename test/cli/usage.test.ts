/** What was spent, on the command line: sums for people and programs, and the ledger for a spreadsheet. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csvRecord } from '../../src/cli/output/csv.ts';
import { type PaidServer, servePaidFilms } from '../support/paid-server.ts';

let server: PaidServer;
beforeAll(async () => {
  server = await servePaidFilms();
});
afterAll(() => server.stop());

describe('vidpipe usage', { tags: 'long' }, () => {
  test('says so while nothing was spent', async () => {
    expect(await server.vidpipe(['usage'])).toEqual({ code: 0, stdout: '', stderr: 'Nothing was spent.\n' });
  });

  test(
    'sums what a film cost, by what is asked, and exports each entry',
    { timeout: 120_000, tags: 'long' },
    async () => {
      const film = ['generate', 'A fox wakes.', '--clip-duration', '1', '--duration', '1', '--yes'];
      expect(await server.vidpipe(film)).toMatchObject({ code: 0 });

      const byCall = await server.vidpipe(['usage', '--by', 'call'], { LC_ALL: 'en_US.UTF-8' });
      expect(byCall.stdout.split('\n')).toEqual([
        'CLIP        $0.10  1 call',
        'KEYFRAME    $0.08  2 calls',
        'STORYBOARD  $0.009  1 call',
        'Total       $0.189  4 calls',
        '',
      ]);
      const german = await server.vidpipe(['usage', '--by', 'project'], { LC_ALL: 'de_DE.UTF-8' });
      expect(german.stdout.replaceAll('\u00A0', ' ')).toMatch(
        /^project_\S+ {2}0,189 \$ {2}4 calls {2}A fox wakes/,
      );
      const json = await server.vidpipe(['usage', '--json']);
      expect(JSON.parse(json.stdout)).toMatchObject({
        calls: 4,
        settledMicroUsd: 189_000,
        reservedMicroUsd: 0,
      });

      const { stdout } = await server.vidpipe(['usage', '--csv']);
      const [head, ...records] = stdout.trimEnd().split('\r\n');
      expect(head).toMatch(/^createdAt,kind,operationKey,amountMicroUsd,day,provider,/);
      expect(records.map((record) => record.split(',')[1])).toEqual([
        'RESERVE',
        'SETTLE',
        'RESERVE',
        'SETTLE',
        'RESERVE',
        'SETTLE',
        'RESERVE',
        'SETTLE',
      ]);
      expect(records.at(-1)).toMatch(/,operations\/[^,]+,"\{""SECOND"":1\}"$/);
      expect((await server.vidpipe(['usage', '--csv', '--to', '2020-01-01'])).stdout).toBe(`${head}\r\n`);
    },
  );

  test('names what is wrong', async () => {
    const wrong = await server.vidpipe(['usage', '--from', 'yesterday', '--to', '2026-02-30']);
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringMatching(/^--from: .*--to: Must be a day/) });
    expect(await server.vidpipe(['usage', '--by', 'week'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('day, project, provider, model, call'),
    });
  });
});

test('a record is as RFC 4180 wants it, and holds no formula', () => {
  expect(csvRecord(['plain', '', 'a "b", c', 'two\nlines'])).toBe('plain,,"a ""b"", c","two\nlines"\r\n');
  expect(csvRecord(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])).toBe("'=1+1,'+1,'-1,'@SUM(A1),'\t=1\r\n");
});
