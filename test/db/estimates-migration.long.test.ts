/** What was booked by an estimate before balances told it apart. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { LOCAL_WORKSPACE_ID } from '../../src/platform/context.ts';
import { type OldDatabase, openOldDatabase } from './support/old-database.ts';

/** The first whose balances do. */
const CHANGE = '20261129200248_ledger_estimates';

let database: OldDatabase;
beforeAll(async () => {
  database = await openOldDatabase(CHANGE);
});
afterAll(() => database.remove());

const [PROJECT, RUN] = [newId(), newId()];

/** Books a call: what was charged for it, or nothing where it was given back. */
async function bookCall(
  microUsd: number | null,
  isEstimate: boolean,
  setAside = setAsideThen,
): Promise<void> {
  const { rows } = await setAside();
  await database.pool.query(`SELECT close_call($1, $2, $3, $4, NULL, NULL, $5)`, [
    newId(),
    rows[0]?.key,
    microUsd === null ? 'RELEASE' : 'SETTLE',
    microUsd,
    isEstimate,
  ]);
}

const setAsideThen = () =>
  database.pool.query<{ key: string }>(
    `SELECT key FROM reserve_money($1, $2, $3, $4, NULL, $5, 1000, 'GOOGLE', 'a model', 'CLIP', '{}', '{}')`,
    [newId(), LOCAL_WORKSPACE_ID, PROJECT, RUN, newId()],
  );

/** The same for the same scopes, as it is called today. */
const setAsideNow = () =>
  database.pool.query<{ key: string }>(
    `SELECT key FROM reserve_money($1, $2, $3, $4, $5, 1000, 'GOOGLE', 'a model', 'CLIP', '{}', '{}')`,
    [
      [`run:${RUN}`, `project:${PROJECT}`, `day:${LOCAL_WORKSPACE_ID}`, `workspace:${LOCAL_WORKSPACE_ID}`],
      newId(),
      LOCAL_WORKSPACE_ID,
      RUN,
      newId(),
    ],
  );

const all = (settled: number, estimated: number) =>
  ['day', 'project', 'run', 'workspace'].map((scope) => ({ scope, settled, estimated }));

test('is summed once, and what is booked after it is added', async () => {
  await bookCall(300, true);
  await bookCall(40, true);
  await bookCall(5_000, false);
  await bookCall(null, false);
  await database.migrate();
  const balances = async () => {
    const { rows } = await database.pool.query<{ scope: string; settled: number; estimated: number }>(
      `SELECT split_part(scope, ':', 1) AS scope, settled_micro_usd::float8 AS settled,
         estimated_micro_usd::float8 AS estimated FROM ledger_balances ORDER BY 1`,
    );
    return rows;
  };
  expect(await balances()).toEqual(all(5_340, 340));
  await bookCall(2, true, setAsideNow);
  await bookCall(10, false, setAsideNow);
  expect(await balances()).toEqual(all(5_352, 342));
});
