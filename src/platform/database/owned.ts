/** What belongs to a workspace, said once for Prisma and for SQL. Nothing else decides what an actor may see. */
import { getDatamodel } from '../../generated/pothos.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Actor } from '../context.ts';
import type { ModelName, WhereOf } from './any-model.ts';
import { columnOf, tableOf } from './sql-names.ts';

/** The rows of a model that an actor may see, as a Prisma `where`; and the same in SQL. */
export type Owned<Name extends ModelName> = {
  (actor: Actor): WhereOf<Name>;
  readonly model: Name;
  /** A condition on the rows of the model's table, which the statement calls `alias`. */
  sql(actor: Actor, alias: string): Prisma.Sql;
};

/** One step from a row to what owns it: the relation, the column that holds it, and where that leads. */
type Hop = { relation: string; column: string; table: string };

/**
 * Says that a model's rows belong to the workspace of what a path of relations leads to, `scene.project` for a
 * keyframe's; without a path, to the workspace that they name themselves.
 *
 * @throws {Error} at the start of the process if there is no such path.
 */
export function ownedThrough<Name extends ModelName>(model: Name, path = ''): Owned<Name> {
  const relations = path === '' ? [] : path.split('.');
  const hops = hopsOf(model, relations);
  const where = ({ workspaceId }: Actor) =>
    relations.reduceRight<object>((inner, relation) => ({ [relation]: inner }), {
      workspaceId,
    }) as WhereOf<Name>;
  const sql = ({ workspaceId }: Actor, alias: string) => conditionOf(hops, workspaceId, alias);
  return Object.assign(where, { model, sql });
}

/** Whether a row that names its workspace is the actor's. */
export const isOwn = (actor: Actor, row: { workspaceId: string }): boolean =>
  row.workspaceId === actor.workspaceId;

function hopsOf(model: ModelName, relations: readonly string[]): Hop[] {
  const { models } = getDatamodel().datamodel;
  const hops: Hop[] = [];
  let from: string = model;
  for (const relation of relations) {
    const field = models[from]?.fields.find(({ name }) => name === relation);
    const [column] = field?.relationFromFields ?? [];
    if (!field || column === undefined) throw new Error(`${from} has no owner called ${relation}.`);
    hops.push({ relation, column: columnOf(column), table: tableOf(field.type) });
    from = field.type;
  }
  if (!models[from]?.fields.some(({ name }) => name === 'workspaceId'))
    throw new Error(`${from} names no workspace.`);
  return hops;
}

/** Nested, as the planner likes it: each level is one look into a primary key. */
function conditionOf([hop, ...rest]: readonly Hop[], workspaceId: string, alias: string): Prisma.Sql {
  const row = Prisma.raw(`"${alias}"`);
  if (!hop) return Prisma.sql`${row}.workspace_id = ${workspaceId}::uuid`;
  const owner = `${alias}_${hop.relation}`;
  const [table, name] = [Prisma.raw(hop.table), Prisma.raw(`"${owner}"`)];
  const inner = conditionOf(rest, workspaceId, owner);
  return Prisma.sql`EXISTS (SELECT FROM ${table} ${name} WHERE ${name}.id = ${row}.${Prisma.raw(hop.column)} AND ${inner})`;
}
