import { afterAll, describe, expect, test } from 'vitest';
import { findPostgres } from '../support/needs.ts';
import { usePaidStudio } from '../support/paid-film.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

describe.skipIf(findPostgres() === null)('a worker that is not told what became of its COMMITs', () => {
  let proxy: TcpProxy;
  const studio = usePaidStudio({
    through: async (databaseUrl) => {
      proxy = await startTcpProxy(databaseUrl);
      return proxy.through(databaseUrl);
    },
  });
  afterAll(() => proxy.close());

  test(
    'makes its films all the same, buys everything once, and asks nobody',
    { timeout: 240_000 },
    async () => {
      const films = Array.from({ length: 3 }, () => studio.film());
      await Promise.all(films.map((film) => film.launch()));
      const lost = proxy.loseAnswersTo('COMMIT', 7);
      for (const film of films) expect(await film.end()).toMatchObject({ status: 'COMPLETED' });
      proxy.heal();
      expect(lost()).toBeGreaterThan(5);
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
