import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { reconcileFiles } from '../../src/features/upkeep/reconcile-files.ts';
import type { Prisma, PrismaClient } from '../../src/generated/prisma/client.ts';
import { LOCAL_WORKSPACE_ID } from '../../src/platform/context.ts';
import { openLog } from '../../src/platform/log.ts';
import { openPlatform } from '../../src/platform/platform.ts';
import { policies } from '../../src/worker/handlers.ts';
import type { LedgerEntry } from '../support/paid-provider/protocol.ts';
import type { PaidProviderProcess } from '../support/paid-provider/start.ts';
import { isWhole } from './whole-file.ts';

export type Verdict = {
  clips: number;
  /** Scenes whose clip the provider sold other than once. */
  notOnce: string[];
  /** Storyboards and frames that were sold again without a person's word that the first was lost. */
  boughtTwice: number;
  /** What the ledger says was charged, less what the provider charged; micro-USD. */
  difference: number;
  /** Still set aside, though everything is finished; micro-USD. */
  setAside: number;
  /** Files that no row named and a turn of reconciling removed: left by a step that was killed, and whose run then ended. */
  reconciled: number;
  /** Files that no row names after it. */
  orphans: string[];
  /** Rows whose file is missing. */
  missing: string[];
  /** Work in progress that nobody took away, and files that break off. */
  partial: string[];
};

/** Compares the provider's books, the rows and the files, once nobody works any more. */
export async function judge(
  home: { dataDir: string; databaseUrl: string | null },
  provider: PaidProviderProcess,
): Promise<Verdict> {
  const root = path.join(home.dataDir, 'files');
  // Before anything is opened: that takes away what a dead process was at.
  const partial = await partialFiles(root);
  const platform = await openPlatform({ ...home, policies }, openLog('fatal'));
  try {
    const { db: prisma } = platform;
    const scenes = await prisma.scene.findMany();
    const frames = await prisma.keyframe.findMany();
    const clips = await prisma.videoClip.findMany();
    const films = await prisma.video.findMany();
    const books = await provider.ledger();
    const sold = (subject: string) =>
      books.filter(({ kind, subject: of }) => kind === 'CLIP' && of === subject).length;
    const keys = [
      ...frames.map(({ filePath }) => filePath),
      ...clips.flatMap(({ localPath }) => localPath ?? []),
      ...films.flatMap(({ filePath, posterPath }) => [filePath, ...(posterPath ? [posterPath] : [])]),
    ];
    const missing = keys.filter((key) => !existsSync(path.join(root, key)));
    const actor = { name: 'chaos', workspaceId: LOCAL_WORKSPACE_ID };
    const { removed: reconciled } = await reconcileFiles(
      { ...platform, actor },
      { olderThanMilliseconds: 0 },
    );
    const files = (await filesBelow(root)).filter((file) => !isWork(file));
    const drawn = frames.filter(({ source }) => source === 'GENERATED').length;
    const projects = new Set(scenes.map(({ projectId }) => projectId)).size;
    const repeated = books.filter(({ kind }) => kind !== 'CLIP').length - drawn - projects;
    return {
      clips: scenes.length,
      notOnce: scenes.flatMap(({ sceneDescription: subject }) => {
        const times = sold(subject);
        return times === 1 ? [] : [`${subject} (${times} times)`];
      }),
      boughtTwice: Math.max(0, repeated - (await lostCalls(prisma))),
      ...(await compareBooks(prisma, books)),
      reconciled,
      orphans: files.filter((file) => !keys.includes(file)),
      missing,
      partial,
    };
  } finally {
    await platform.close();
  }
}

/** Storyboards and frames that a person said were charged, and that nobody ever got. */
const lostCalls = (prisma: PrismaClient): Promise<number> => prisma.auditLog.count({ where: LOST_CALL });

const LOST_CALL = {
  subjectType: 'LedgerEntry',
  details: { path: ['outcome'], equals: 'WAS_CHARGED' },
} satisfies Prisma.AuditLogWhereInput;

async function compareBooks(prisma: PrismaClient, books: readonly LedgerEntry[]) {
  const workspaces = await prisma.ledgerBalance.findMany({ where: { scope: { startsWith: 'workspace:' } } });
  const settled = workspaces.reduce((sum, { settledMicroUsd }) => sum + Number(settledMicroUsd), 0);
  const charged = books.reduce((sum, { chargedMicroUsd }) => sum + chargedMicroUsd, 0);
  const setAside = workspaces.reduce(
    (sum, { reservedMicroUsd, unknownMicroUsd }) => sum + Number(reservedMicroUsd + unknownMicroUsd),
    0,
  );
  return { difference: settled - (await settledInExcess(prisma, books)) - charged, setAside };
}

/** A call that a person says was charged is settled at the most it may cost, though the provider took less for it. */
async function settledInExcess(prisma: PrismaClient, books: readonly LedgerEntry[]): Promise<number> {
  const told = await prisma.auditLog.findMany({ where: LOST_CALL });
  const keys = told.map(({ details }) => (details as { operationKey: string }).operationKey);
  const settled = await prisma.ledgerEntry.findMany({
    where: { kind: 'SETTLE', operationKey: { in: keys } },
  });
  return settled.reduce((sum, { call, amountMicroUsd }) => {
    const taken = books.find(({ kind }) => kind === call)?.chargedMicroUsd ?? 0;
    return sum + Number(amountMicroUsd) - taken;
  }, 0);
}

const isWork = (file: string) => file.startsWith('.');

async function partialFiles(root: string): Promise<string[]> {
  const found: string[] = [];
  for (const file of await filesBelow(root))
    if (isWork(file) || !(await isWhole(path.join(root, file)))) found.push(file);
  return found;
}

async function filesBelow(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}
