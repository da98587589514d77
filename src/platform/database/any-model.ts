/** Prisma's client by the name of a model: for what is written once for all of them. */
import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts';
import type { Tx } from './database.ts';

export type ModelName = Prisma.ModelName;

type Operations<Name extends ModelName> = Prisma.TypeMap['model'][Name]['operations'];
type ManyArgs<Name extends ModelName> = Operations<Name>['findMany']['args'];

/** A row with its columns. */
export type RowOf<Name extends ModelName> = Prisma.TypeMap['model'][Name]['payload']['scalars'];
/** What tells some of the rows from the others. */
export type WhereOf<Name extends ModelName> = NonNullable<ManyArgs<Name>['where']>;
/** One part of the order of rows. */
export type OrderByOf<Name extends ModelName> = Exclude<
  NonNullable<ManyArgs<Name>['orderBy']>,
  readonly unknown[]
>;

const keyOf = (model: ModelName) => (model.charAt(0).toLowerCase() + model.slice(1)) as keyof Tx;

/** The part of the client that reads a model; whoever calls it sees to it that the query fits. */
export type RowReader<Row> = {
  findMany: (query: object) => PromiseLike<Row[]>;
  findUnique: (query: object) => PromiseLike<Row | null>;
};

/** The client's own, the same each time: it does nothing by itself. */
export function readerOf<Name extends ModelName>(db: PrismaClient, model: Name): RowReader<RowOf<Name>> {
  return db[keyOf(model)] as unknown as RowReader<RowOf<Name>>;
}

/** The part of a transaction's client that changes a model; whoever calls it sees to it that the change fits. */
export type RowWriter<Row> = {
  updateManyAndReturn: (change: { where: object; data: object; limit?: number }) => PromiseLike<Row[]>;
};

export const writerOf = <Name extends ModelName>(tx: Tx, model: Name): RowWriter<RowOf<Name>> =>
  tx[keyOf(model)] as unknown as RowWriter<RowOf<Name>>;
