/** Reading whole models with SQL of our own: where one statement does what Prisma needs several for. */
import { Prisma } from '../../generated/prisma/client.ts';

/** A row as it comes back: `s.projectId`, `c.status`, ... */
export type Row = Readonly<Record<string, unknown>>;

export type ModelReader<Model> = {
  /** All its columns, for a SELECT. */
  columns: Prisma.Sql;
  /** The model in a row; null if an outer join had none. */
  find(row: Row): Model | null;
  /** The model in a row that must have it. */
  read(row: Row): Model;
};

/** `workspaceId` is the column `workspace_id`, as everywhere in the schema. */
const columnOf = (field: string) => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * Reads a model from a table that a statement calls by `alias`.
 *
 * @param fields its `Prisma.…ScalarFieldEnum`.
 */
export function modelReader<Model extends { id: string }>(
  fields: Record<keyof Model & string, string>,
  alias: string,
): ModelReader<Model> {
  const names = Object.values<string>(fields);
  const columns = names.map((field) => `${alias}.${columnOf(field)} AS "${alias}.${field}"`);
  const find = (row: Row) =>
    row[`${alias}.id`] == null
      ? null
      : (Object.fromEntries(names.map((field) => [field, row[`${alias}.${field}`]])) as Model);
  return {
    columns: Prisma.raw(columns.join(', ')),
    find,
    read(row) {
      const model = find(row);
      if (!model) throw new Error(`The row has no ${alias}.`);
      return model;
    },
  };
}
