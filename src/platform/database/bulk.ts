import type pg from 'pg';
import type { Prisma } from '../../generated/prisma/client.ts';

/**
 * Runs a statement, and gives the rows that it returns, as `pg` reads them. For what is written by the hundred thousand
 * rows: Prisma keeps its last hundred calls with all that they were given, and the garbage collector carries that along.
 * Never within a transaction: it takes a connection of its own, and the embedded database has only one.
 */
export type Bulk = <Found>(statement: Prisma.Sql) => Promise<Found[]>;

/** Planned anew each time: the table may have grown by much since the last. */
export const openBulk =
  (pool: Pick<pg.Pool, 'query'>): Bulk =>
  async <Found>({ text, values }: Prisma.Sql) => {
    const { rows } = await pool.query({ text, values });
    return rows as Found[];
  };
