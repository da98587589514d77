/** The cap of a job whose rows four worker processes start, buy for and end. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { askPatiently } from '../chaos/client.ts';
import { startMachine } from '../chaos/machine.ts';
import { freePort } from '../support/free-port.ts';
import { findPostgres } from '../support/needs.ts';
import { CHARGES } from '../support/paid-provider/protocol.ts';
import { startPaidProvider } from '../support/paid-provider/start.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { makeTestDatabase } from '../support/test-database.ts';

const ROWS = 60;
/** Cents; a row is worth 0.9 of one: it ends within a row. */
const [LOW_CAP, HIGH_CAP] = [20, 54];
const [LOW_MICRO_USD, HIGH_MICRO_USD] = [LOW_CAP * 10_000, HIGH_CAP * 10_000];
const PATIENCE = { timeout: 120_000, interval: 20 };

type Job = {
  id: string;
  digest: string;
  status: string;
  successfulRows: number;
  processingRows: number;
  errorCode: string | null;
  errorMessage: string | null;
  cost: { settledMicroUsd: number; reservedMicroUsd: number };
};
const JOB = `id digest status successfulRows processingRows errorCode errorMessage
  cost { settledMicroUsd reservedMicroUsd }`;

/** A shared database with an API and four workers in processes of their own, which buy from one provider. */
async function startFour() {
  const database = await makeTestDatabase();
  onTestFinished(() => database.remove());
  const provider = await startPaidProvider();
  onTestFinished(() => provider.stop());
  const port = await freePort();
  const env = {
    VIDPIPE_DATA_DIR: temporaryFolder('job-cap'),
    DATABASE_URL: database.databaseUrl ?? '',
    PAID_PROVIDER_URL: provider.url,
    PORT: String(port),
  };
  const machines = [await startMachine(['--role', 'api'], env)];
  onTestFinished(() => machines.forEach((machine) => machine.kill('SIGKILL')));
  for (let worker = 0; worker < 4; worker += 1) machines.push(await startMachine(['--role', 'worker'], env));
  return { provider, ask: askPatiently(`http://127.0.0.1:${port}`) };
}

describe.skipIf(findPostgres() === null)('a job of four worker processes', () => {
  test(
    'pauses at its cap, says what is needed, goes on when that is raised, and is not a micro-dollar over either',
    { timeout: 400_000 },
    async () => {
      const { provider, ask } = await startFour();
      const tell = async (name: string, input: object): Promise<Job> => {
        const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
        const query = `mutation ($input: ${type}!) {
          result: ${name}(input: $input) { ... on UserError { message } ... on JobPayload { job { ${JOB} } } } }`;
        const { result } = await ask<{ result: { job?: Job; message?: string } }>(query, { input });
        if (!result.job) throw new Error(result.message);
        return result.job;
      };
      let most = 0;
      const look = async (id: string) => {
        const { job } = await ask<{ job: Job }>(`query ($id: ID!) { job(id: $id) { ${JOB} } }`, { id });
        most = Math.max(most, job.cost.settledMicroUsd + job.cost.reservedMicroUsd);
        return job;
      };
      const charged = async () =>
        (await provider.ledger()).reduce((sum, { chargedMicroUsd }) => sum + chargedMicroUsd, 0);

      const rows = Array.from({ length: ROWS }, (_, index) => ({ prompt: `A gull numbered ${index}.` }));
      const defaults = { targetClipDuration: 1, targetDuration: 1, stopAfter: 'STORYBOARD' };
      const { id, digest } = await tell('previewJob', { rows, defaults, concurrency: 24 });
      await tell('confirmJob', { jobId: id, digest, maxCostCents: LOW_CAP });
      await expect
        .poll(() => look(id), PATIENCE)
        .toMatchObject({ status: 'PAUSED', processingRows: 0, errorCode: 'BUDGET_EXCEEDED' });
      const held = await look(id);
      expect(held.errorMessage).toMatch(/cap of the job is \$0\.20.*setJobCostCap/);
      expect(held.successfulRows).toBe(Math.floor(LOW_MICRO_USD / CHARGES.STORYBOARD));
      expect(most).toBeLessThanOrEqual(LOW_MICRO_USD);
      expect(await charged()).toBe(held.cost.settledMicroUsd);

      await tell('setJobCostCap', { jobId: id, maxCostCents: HIGH_CAP });
      await expect
        .poll(() => look(id), PATIENCE)
        .toMatchObject({ status: 'COMPLETED', successfulRows: ROWS, errorCode: null });
      expect(most).toBeLessThanOrEqual(HIGH_MICRO_USD);
      expect(await charged()).toBe(ROWS * CHARGES.STORYBOARD);
      expect(await provider.ledger()).toHaveLength(ROWS);
    },
  );
});
