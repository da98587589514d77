/** Jobs as they stand while they run or after it, without running one: for tests of what is fetched of them. */
import { writeFile } from 'node:fs/promises';
import { newId } from '../../../src/core/ids.ts';
import { fileKeys } from '../../../src/features/assets/file-keys.ts';
import type { Prisma } from '../../../src/generated/prisma/client.ts';
import { type Ctx, LOCAL_WORKSPACE_ID } from '../../../src/platform/context.ts';
import { seedProject } from '../../support/seed.ts';

export type SeedRow = Partial<Omit<Prisma.JobRowUncheckedCreateInput, 'cells'>> & {
  cells: string[];
  /** What its film's file has in it; no film without it. */
  film?: string | Buffer;
};

type Options = Partial<Prisma.JobUncheckedCreateInput> & { columns: string[]; rows: SeedRow[] };

/** A job whose rows stand in lines 2, 3, ... of its sheet. @returns its id. */
export async function seedJob(
  { db, storage }: Pick<Ctx, 'db' | 'storage'>,
  { columns, rows, workspaceId = LOCAL_WORKSPACE_ID, ...job }: Options,
): Promise<string> {
  const id = newId();
  const now = new Date();
  const times = { previewedAt: now, startedAt: now };
  const told = {
    kind: 'FILM',
    status: 'RUNNING',
    name: 'films.csv',
    originalCommand: 'A film a row.',
  } as const;
  await db.job.create({ data: { id, workspaceId, columns, ...told, ...times, ...job } });
  for (const [index, { film, ...row }] of rows.entries()) {
    const projectId = film === undefined ? null : await seedProject(db, { workspaceId });
    if (projectId !== null && film !== undefined)
      await seedRowFilm({ db, storage }, { workspaceId, projectId, film });
    const rowNumber = index + 2;
    const isOver = !['PENDING', 'PROCESSING'].includes(row.status ?? 'PENDING');
    const data = {
      completedAt: isOver ? now : null,
      id: newId(),
      jobId: id,
      rowNumber,
      rowChecksum: `${rowNumber}`,
      input: {},
      projectId,
      ...row,
    };
    await db.jobRow.create({ data });
  }
  return id;
}

type RowFilm = { workspaceId: string; projectId: string; film: string | Buffer };

/** The newest film of a project, as films of before their checksum was kept. */
export async function seedRowFilm(
  { db, storage }: Pick<Ctx, 'db' | 'storage'>,
  { workspaceId, projectId, film }: RowFilm,
): Promise<void> {
  const id = newId();
  const keys = await fileKeys(db);
  const keep = (extension: string, content: string | Buffer) =>
    storage.withTemporary(extension, async (file) => {
      const key = keys.keyOf(workspaceId, `video:${id}`, extension);
      await writeFile(file, content);
      await storage.keep(file, key);
      return key;
    });
  const measures = { durationSeconds: 8.5, videoCodec: 'h264', width: 1280, height: 720, frameRate: 24 };
  await db.video.create({
    data: {
      id,
      workspaceId,
      projectId,
      identifier: id,
      title: 'The title of its film',
      origin: 'GENERATED',
      filePath: await keep('mp4', film),
      posterPath: await keep('jpg', 'A poster'),
      fileSizeBytes: film.length,
      ...measures,
    },
  });
}
