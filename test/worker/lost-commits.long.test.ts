import { describe, expect, test } from 'vitest';
import { statementName } from '../../src/platform/database/statement-names.ts';
import { findPostgres } from '../support/needs.ts';
import { useProxiedStudio } from '../support/paid-film.ts';

/** How it is sent: by the name that this process gave it, between the ends of two texts of the protocol. */
const COMMIT = `\0${statementName('COMMIT')}\0`;

describe.skipIf(findPostgres() === null)('a worker that is not told what became of its COMMITs', () => {
  const { studio, proxy } = useProxiedStudio();

  test(
    'makes its films all the same, buys everything once, and asks nobody',
    { timeout: 240_000 },
    async () => {
      const films = Array.from({ length: 5 }, () => studio.film());
      let lost = 0;
      for (const film of films) {
        await film.launch();
        const lostOfFilm = proxy().loseAnswersTo(COMMIT, 4);
        expect(await film.end()).toMatchObject({ status: 'COMPLETED' });
        proxy().heal();
        lost += lostOfFilm();
      }
      expect(lost).toBeGreaterThan(5);
      const books = await studio.server.ledger();
      for (const { tag } of films) {
        const sold = books.filter(({ subject }) => subject.includes(tag));
        const subjects = sold.map(({ kind, subject }) => `${kind} ${subject}`);
        expect(subjects.toSorted()).toEqual([...new Set(subjects)].toSorted());
        expect(subjects).toHaveLength(6);
      }
      expect(await studio.platform.db.ledgerEntry.count({ where: { kind: 'UNKNOWN' } })).toBe(0);
    },
  );
});
