import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newId } from '../../src/core/ids.ts';
import { type Database, openDatabase } from '../../src/platform/database/database.ts';
import { type PaidProviderProcess, startPaidProvider } from '../support/paid-provider/start.ts';
import { type Client, clientOf } from './client.ts';
import { type Machine, startMachine } from './machine.ts';
import { finishAll, scriptOf } from './person.ts';

type Scene = {
  client: Client;
  database: Database;
  provider: PaidProviderProcess;
  projectId: string;
  /** Works on the film's first keyframe, and the provider takes its time. */
  first: Machine;
  startSecond(): Promise<void>;
  files: string;
};

/** How long the provider keeps the first worker waiting for its picture, in milliseconds. */
const SLOW_MS = 20_000;

/** @returns seconds from a worker's death, in the middle of a step, to the step's result by another one. */
export const takeOver = (databaseUrl: string, port: number): Promise<number> =>
  onStage(databaseUrl, port, async (scene) => {
    await scene.startSecond();
    scene.first.kill('SIGKILL');
    const killedAt = Date.now();
    await firstFrame(scene);
    return (Date.now() - killedAt) / 1_000;
  });

export type StaleResult = {
  /** Rows of the frame that two workers drew. */
  frames: number;
  /** Whether its file is as it was before the first worker woke up. */
  isUntouched: boolean;
  isFinished: boolean;
};

/** A worker stands still in the middle of a step, another takes over, and the first goes on as if nothing had been. */
export const staleResult = (databaseUrl: string, port: number): Promise<StaleResult> =>
  onStage(databaseUrl, port, async (scene) => {
    scene.first.kill('SIGSTOP');
    await scene.startSecond();
    const { filePath, sceneId } = await firstFrame(scene);
    const before = await digest(path.join(scene.files, filePath));
    await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    scene.first.kill('SIGCONT');
    const open = await finishAll(scene.client, scene.provider, [scene.projectId], 120);
    const where = { sceneId, position: 'START' as const };
    return {
      frames: await scene.database.prisma.keyframe.count({ where }),
      isUntouched: (await digest(path.join(scene.files, filePath))) === before,
      isFinished: open.length === 0,
    };
  });

async function onStage<Result>(
  databaseUrl: string,
  port: number,
  play: (scene: Scene) => Promise<Result>,
): Promise<Result> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vidpipe-chaos-'));
  await using left = new AsyncDisposableStack();
  left.defer(() => rm(dataDir, { recursive: true, force: true }));
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
  const first = await start('worker');
  const database = await openDatabase({ url: databaseUrl });
  left.defer(() => database.close());
  await provider.fault({ call: 'KEYFRAME', kind: 'SLOW', delayMs: SLOW_MS });
  const client = clientOf(`http://127.0.0.1:${port}`);
  const projectId = await client.generate(scriptOf(newId().slice(-12)), newId());
  await bought(provider, 'KEYFRAME');
  const startSecond = async () => void (await start('worker'));
  const files = path.join(dataDir, 'files');
  return await play({ client, database, provider, projectId, first, startSecond, files });
}

async function bought(provider: PaidProviderProcess, kind: string): Promise<void> {
  while (!(await provider.ledger()).some((entry) => entry.kind === kind)) await pause();
}

async function firstFrame({ database, projectId }: Scene) {
  for (;;) {
    const frame = await database.prisma.keyframe.findFirst({
      where: { scene: { sceneIndex: 0, projectId: projectId.split('_').at(-1) ?? '' }, position: 'START' },
    });
    if (frame) return frame;
    await pause();
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 100));

const digest = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
