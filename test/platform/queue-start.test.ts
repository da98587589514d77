import { PgBoss } from 'pg-boss';
import { expect, test, vi } from 'vitest';
import { findPostgres } from '../support/needs.ts';
import { openTestPlatform } from '../support/test-platform.ts';

test.skipIf(findPostgres() === null)(
  'the queue’s tables are brought up to date without a limit of time, and nothing else is done without one',
  async () => {
    const start: (this: PgBoss) => Promise<PgBoss> = Reflect.get(PgBoss.prototype, 'start');
    let limit: unknown;
    const starting = vi.spyOn(PgBoss.prototype, 'start').mockImplementation(async function (this: PgBoss) {
      limit = (await this.getDb().executeSql('SHOW statement_timeout', [])).rows;
      return start.call(this);
    });
    const platform = await openTestPlatform();
    starting.mockRestore();
    expect(limit).toEqual([{ statement_timeout: '0' }]);
    const after = await platform.queue.boss.getDb().executeSql('SHOW statement_timeout', []);
    expect(after.rows).toEqual([{ statement_timeout: '15s' }]);
    await platform.remove();
  },
);
