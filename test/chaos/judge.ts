import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { openDatabase } from '../../src/platform/database/database.ts';
import type { PrismaClient } from '../../src/generated/prisma/client.ts';
import type { LedgerEntry } from '../support/paid-provider/protocol.ts';
import type { PaidProviderProcess } from '../support/paid-provider/start.ts';

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
  /** Files that no row names. */
  orphans: string[];
  /** Rows whose file is missing. */
  missing: string[];
};

/** Compares the provider's books, the rows and the files, once nobody works any more. */
export async function judge(
  home: { dataDir: string; databaseUrl: string | null },
  provider: PaidProviderProcess,
): Promise<Verdict> {
  const database = await openDatabase(
    home.databaseUrl === null ? { directory: home.dataDir } : { url: home.databaseUrl },
  );
  try {
    const { prisma } = database;
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
    const files = await filesBelow(path.join(home.dataDir, 'files'));
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
      orphans: files.filter((file) => !keys.includes(file)),
      missing: keys.filter((key) => !files.includes(key)),
    };
  } finally {
    await database.close();
  }
}

/** Storyboards and frames that a person said were charged, and that nobody ever got. */
const lostCalls = (prisma: PrismaClient): Promise<number> =>
  prisma.auditLog.count({
    where: { subjectType: 'LedgerEntry', details: { path: ['outcome'], equals: 'WAS_CHARGED' } },
  });

async function compareBooks(prisma: PrismaClient, books: readonly LedgerEntry[]) {
  const workspaces = await prisma.ledgerBalance.findMany({ where: { scope: { startsWith: 'workspace:' } } });
  const settled = workspaces.reduce((sum, { settledMicroUsd }) => sum + Number(settledMicroUsd), 0);
  const charged = books.reduce((sum, { chargedMicroUsd }) => sum + chargedMicroUsd, 0);
  const setAside = workspaces.reduce(
    (sum, { reservedMicroUsd, unknownMicroUsd }) => sum + Number(reservedMicroUsd + unknownMicroUsd),
    0,
  );
  return { difference: settled - charged, setAside };
}

async function filesBelow(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}
