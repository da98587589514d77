/** Which rows name files of the storage. Every feature says it of its own tables, so that nothing here knows any of them. */
import type { NodeType } from '../../core/ids.ts';
import { Prisma, type PrismaClient } from '../../generated/prisma/client.ts';

/** A row that names a file of the storage. */
export type NamedFile = {
  type: NodeType;
  id: string;
  workspaceId: string;
  /** Null for what belongs to no project, or outlived it. */
  projectId: string | null;
  key: string;
  /** Whether the file is still needed: not so once a newer frame or clip has taken its place. */
  isCurrent: boolean;
  /** When the row came to name the file. */
  since: Date;
};

type Naming = {
  /** Type of the rows, as events tell of them. */
  type: NodeType;
  /** What the file is, for people: "The picture of a keyframe". */
  noun: string;
  /**
   * The rows that name a file: a SELECT of `id`, `workspace_id`, `project_id`, `key`, `is_current` and `since`. The column
   * of the key has an index, for files are looked for by it.
   */
  rows: Prisma.Sql;
  /** Whether the rows go with a video when that is deleted; they then have `video_id`, too. */
  isOfVideo?: true;
};

const namings: Naming[] = [];

/**
 * Makes rows of a table known that name files: as long as one of them names it, a file is never removed. Whoever adds a
 * table with files says so here, in the module of its model, and adds that to `upkeep/all-files.ts`.
 */
export const registerFiles = (naming: Naming): unknown => namings.push(naming);

/** What a file is that rows of a type name, for people. */
export const nounOf = (type: NodeType): string =>
  namings.find((naming) => naming.type === type)?.noun ?? 'A file';

/** The statements of all registrations, for the test that none is missing. */
export const registeredRows = (): string[] => namings.map(({ rows }) => rows.sql);

const NAMED = Prisma.raw('named.id, workspace_id, project_id, key, is_current, since');

const allRows = () =>
  Prisma.join(
    namings.map(
      ({ type, rows }) => Prisma.sql`SELECT ${type}::text AS type, ${NAMED} FROM (${rows}) AS named`,
    ),
    ' UNION ALL ',
  );

const columns = Prisma.raw(
  'type, id, workspace_id AS "workspaceId", project_id AS "projectId", key, is_current AS "isCurrent", since',
);

type Reader = Pick<PrismaClient, '$queryRaw'>;

/**
 * Every row that names a file, or those of one project.
 *
 * @param projectId null for all of them.
 */
export const readNamedFiles = (db: Reader, projectId: string | null): Promise<NamedFile[]> =>
  projectId === null
    ? db.$queryRaw<NamedFile[]>`SELECT ${columns} FROM (${allRows()}) AS rows`
    : db.$queryRaw<NamedFile[]>`
        SELECT ${columns} FROM (${allRows()}) AS rows WHERE project_id = ${projectId}::uuid`;

/** The keys that rows of a video name: its own, and those of everything that goes with it. */
export async function keysOfVideo(db: Reader, videoId: string): Promise<string[]> {
  const ofVideos = namings.filter(({ isOfVideo }) => isOfVideo);
  const keys = Prisma.join(
    ofVideos.map(
      ({ rows }) => Prisma.sql`SELECT key FROM (${rows}) AS named WHERE video_id = ${videoId}::uuid`,
    ),
    ' UNION ',
  );
  return (await db.$queryRaw<{ key: string }[]>`${keys}`).map(({ key }) => key);
}

/** Those of `keys` that any row names, current or not. */
export async function namedAmong(db: Reader, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await db.$queryRaw<{ key: string }[]>`
    SELECT DISTINCT key FROM (${allRows()}) AS rows WHERE key = ANY(${[...keys]})`;
  return new Set(rows.map(({ key }) => key));
}
