/**
 * Sets money aside from many workers at once, as fast as it can, until nothing more fits:
 * `node reserve.child.ts <database url> <workspace> <runs, by comma> <workers>` prints what it was granted, in micro-USD.
 */
import { newId } from '../../../src/core/ids.ts';
import { OverBudget } from '../../../src/features/budget/over-budget.ts';
import { book } from '../../../src/features/budget/reservation.ts';
import { registerRunSubject } from '../../../src/features/runs/run-subject.ts';
import { reserve } from '../../../src/features/runs/engine/reserve.ts';
import { openDatabase } from '../../../src/platform/database/database.ts';
import { installProvider } from '../../../src/providers/registry.ts';
import { intentOf, meteredProvider } from '../../support/paid-project.ts';

const [url = '', runIds = '', workers = '1'] = process.argv.slice(2);
installProvider(meteredProvider);
registerRunSubject('Project', 'projectId');
const database = await openDatabase({ url });
const { prisma } = database;
const runs = await prisma.pipelineRun.findMany({ where: { id: { in: runIds.split(',') } } });

let granted = 0;

/** Most of what is granted is spent, some is given back; a worker ends when even a micro-dollar is refused. */
async function work(): Promise<void> {
  for (let microUsd = 1_777; ;) {
    const run = runs[Math.floor(Math.random() * runs.length)];
    if (!run) throw new Error('There is no run.');
    try {
      const { reservation } = await prisma.$transaction((tx) =>
        reserve(tx, run, intentOf(newId(), microUsd)),
      );
      const isSpent = Math.random() < 0.8;
      await prisma.$transaction((tx) =>
        book(tx, { name: 'child' }, reservation.operationKey, isSpent ? 'CHARGED' : 'NOT_CHARGED'),
      );
      if (isSpent) granted += microUsd;
    } catch (error) {
      if (!(error instanceof OverBudget)) throw error;
      if (microUsd === 1) return;
      microUsd = Math.max(1, Math.floor(microUsd / 3));
    }
  }
}

await Promise.all(Array.from({ length: Number(workers) }, work));
console.log(granted);
await database.close();
