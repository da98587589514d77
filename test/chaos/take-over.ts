import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { newId } from '../../src/core/ids.ts';
import { type Database, openDatabase } from '../../src/platform/database/database.ts';
import { freePort } from '../support/free-port.ts';
import { type PaidProviderProcess, startPaidProvider } from '../support/paid-provider/start.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { type Client, clientOf } from './client.ts';
import { type Machine, startMachine } from './machine.ts';
import { finishAll, scriptOf } from './person.ts';

type Scene = {
  client: Client;
  database: Database;
  provider: PaidProviderProcess;
  projectId: string;
  /** Fetches the first clip of the film, and the provider takes its time. */
  first: Machine;
  /** Has stood still from the beginning. */
  second: Machine;
  files: string;
};

/** How long the provider keeps the first worker waiting for its file, in milliseconds. */
const SLOW_MS = 20_000;

/** @returns seconds from a worker's death, in the middle of a step, to the step's result by another one. */
export const takeOver = (databaseUrl: string): Promise<number> =>
  onStage(databaseUrl, async (scene) => {
    scene.first.kill('SIGKILL');
    scene.second.kill('SIGCONT');
    const killedAt = Date.now();
    await finishedVideoClip(scene);
    return (Date.now() - killedAt) / 1_000;
  });

export type StaleResult = {
  /** How often the clip that two workers fetched was entered as complete. */
  completions: number;
  /** Whether its file is as it was before the first worker woke up. */
  isUntouched: boolean;
  isFinished: boolean;
};

/** A worker stands still in the middle of a step, another takes over, and the first goes on as if nothing had been. */
export const staleResult = (databaseUrl: string): Promise<StaleResult> =>
  onStage(databaseUrl, async (scene) => {
    scene.first.kill('SIGSTOP');
    scene.second.kill('SIGCONT');
    const { id: videoClipId, localPath } = await finishedVideoClip(scene);
    const file = path.join(scene.files, localPath ?? '');
    const before = await digest(file);
    await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    scene.first.kill('SIGCONT');
    const open = await finishAll(scene.client, scene.provider, [scene.projectId], 120);
    const completed = { subjectId: videoClipId, details: { path: ['to'], equals: 'COMPLETE' } };
    return {
      completions: await scene.database.prisma.auditLog.count({ where: completed }),
      isUntouched: (await digest(file)) === before,
      isFinished: open.length === 0,
    };
  });

async function onStage<Result>(
  databaseUrl: string,
  play: (scene: Scene) => Promise<Result>,
): Promise<Result> {
  const dataDir = temporaryFolder('chaos');
  await using left = new AsyncDisposableStack();
  left.defer(() => rm(dataDir, { recursive: true, force: true }));
  const port = await freePort();
  const provider = await startPaidProvider();
  left.defer(() => provider.stop());
  const env = {
    VIDPIPE_DATA_DIR: dataDir,
    PORT: String(port),
    PAID_PROVIDER_URL: provider.url,
    PAID_PROVIDER_OPTIONS: JSON.stringify({ timeLimitSeconds: 2 * (SLOW_MS / 1_000) }),
    DATABASE_URL: databaseUrl,
  };
  const start = async (role: string) => {
    const machine = await startMachine(['--role', role], env);
    left.defer(() => machine.kill('SIGKILL'));
    return machine;
  };
  await start('api');
  const [first, second] = [await start('worker'), await start('worker')];
  second.kill('SIGSTOP');
  const database = await openDatabase({ url: databaseUrl });
  left.defer(() => database.close());
  const tag = newId().slice(-12);
  await provider.fault({ call: 'DOWNLOAD', subject: `${tag}one`, kind: 'SLOW', delayMs: SLOW_MS });
  const client = clientOf(`http://127.0.0.1:${port}`);
  const projectId = await client.generate(scriptOf(tag), newId());
  await isFetching(database);
  const files = path.join(dataDir, 'files');
  return await play({ client, database, provider, projectId, first, second, files });
}

async function isFetching({ prisma }: Database): Promise<void> {
  const fetching = () => prisma.$queryRaw<unknown[]>`
    SELECT 1 FROM pgboss.job JOIN scenes ON scenes.id::text = data->'input'->>'sceneId'
    WHERE name = 'download-clip' AND state = 'active' AND scene_index = 0`;
  while ((await fetching()).length === 0) await pause();
}

async function finishedVideoClip({ database, projectId }: Scene) {
  const scene = { projectId: projectId.split('_').at(-1) ?? '', sceneIndex: 0 };
  for (;;) {
    const clip = await database.prisma.videoClip.findFirst({ where: { scene, status: 'COMPLETE' } });
    if (clip) return clip;
    await pause();
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 100));

const digest = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
