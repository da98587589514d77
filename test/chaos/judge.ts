import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { openDatabase } from '../../src/platform/database/database.ts';
import type { PaidProviderProcess } from '../support/paid-provider/start.ts';

export type Verdict = {
  clips: number;
  /** Scenes whose clip the provider sold other than once. */
  notOnce: string[];
  /** Keyframes and storyboards sold beyond one each: work that a kill cut short. */
  repeatedFrames: number;
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
    return {
      clips: scenes.length,
      notOnce: scenes.flatMap(({ sceneDescription: subject }) => {
        const times = sold(subject);
        return times === 1 ? [] : [`${subject} (${times} times)`];
      }),
      repeatedFrames: books.filter(({ kind }) => kind !== 'CLIP').length - drawn - projects,
      orphans: files.filter((file) => !keys.includes(file)),
      missing: keys.filter((key) => !files.includes(key)),
    };
  } finally {
    await database.close();
  }
}

async function filesBelow(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}
