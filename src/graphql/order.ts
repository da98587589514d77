import { z } from 'zod';
import { InvalidInputError } from '../core/errors.ts';
import { storableIssue } from '../core/storable.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { columnOf } from '../platform/database/sql-names.ts';

/** An order of rows in which no two share a place. */
export type Order<Row, Where, OrderBy> = {
  /** The row's place, opaque to clients. */
  cursor(row: Row): string;
  /** The rows past a place on one side. @throws {InvalidInputError} if it is not a place in this order. */
  past(cursor: string, side: Side): Where;
  /**
   * The same in two parts, that a list is read in away from the place: those of the same value, then the others. Only of
   * orders whose values are the same for very many rows: each part is a stretch of an index, which both together are not.
   */
  pastApart?(cursor: string, side: Side): [same: Where, others: Where];
  /** For Prisma; `backward` turns it around, for a page counted from the end. */
  by(backward: boolean): OrderBy[];
  /** The same of the table's rows under `alias`, for a statement that is written by hand. */
  sql: OrderSql;
};

export type OrderSql = {
  past(cursor: string, side: Side, alias: string): Prisma.Sql;
  by(backward: boolean, alias: string): Prisma.Sql;
};

export type Side = 'after' | 'before';
export type Direction = 'asc' | 'desc';

type Value = Date | string | number | bigint;

/** Columns a list can be ordered by. */
type Sortable<Row> = keyof { [Key in keyof Row as Row[Key] extends Value ? Key : never]: true } & string;

/**
 * Orders rows by a text, number or moment that is never null, then by id.
 *
 * @param oftenSame whether very many rows have the same value: then a page that follows another takes one read more.
 */
export function orderBy<Row extends { id: string }, Where, OrderBy>(
  field: Sortable<Row>,
  direction: Direction,
  { oftenSame = false } = {},
): Order<Row, Where, OrderBy> {
  const reversed = { asc: 'desc', desc: 'asc' } as const;
  const isRising = (side: Side) => (direction === 'asc') === (side === 'after');
  return {
    cursor: (row) => encode([field, encodeValue(row[field] as Value), row.id]),
    past(cursor, side) {
      const { value, id } = decode(cursor, field, side);
      const [beyond, from] = isRising(side) ? (['gt', 'gte'] as const) : (['lt', 'lte'] as const);
      // The first condition says nothing new, but lets the database start in the middle of an index.
      const conditions = [
        { [field]: { [from]: value } },
        { OR: [{ [field]: { [beyond]: value } }, { [field]: value, id: { [beyond]: id } }] },
      ];
      return { AND: conditions } as Where;
    },
    ...(oftenSame && {
      pastApart(cursor: string, side: Side) {
        const { value, id } = decode(cursor, field, side);
        const beyond = isRising(side) ? 'gt' : 'lt';
        return [{ [field]: value, id: { [beyond]: id } }, { [field]: { [beyond]: value } }] as [Where, Where];
      },
    }),
    by(backward) {
      const way = backward ? reversed[direction] : direction;
      return [{ [field]: way }, { id: way }] as OrderBy[];
    },
    sql: sqlOf(field, direction),
  };
}

function sqlOf(field: string, direction: Direction): OrderSql {
  const placeOf = (alias: string) => Prisma.raw(`("${alias}".${columnOf(field)}, "${alias}".id)`);
  return {
    past(cursor, side, alias) {
      const { value, id } = decode(cursor, field, side);
      const beyond = Prisma.raw((direction === 'asc') === (side === 'after') ? '>' : '<');
      return Prisma.sql`${placeOf(alias)} ${beyond} (${typed(value)}, ${id}::uuid)`;
    },
    by(backward, alias) {
      const way = (direction === 'asc') === backward ? 'DESC' : 'ASC';
      return Prisma.raw(`"${alias}".${columnOf(field)} ${way}, "${alias}".id ${way}`);
    },
  };
}

/** A parameter has no type of its own in a comparison of rows. */
const typed = (value: Value): Prisma.Sql =>
  value instanceof Date
    ? Prisma.sql`${value}::timestamptz`
    : typeof value === 'bigint'
      ? Prisma.sql`${value}::bigint`
      : typeof value === 'number'
        ? Prisma.sql`${value}::${Prisma.raw(Number.isInteger(value) ? 'int' : 'float8')}`
        : Prisma.sql`${value}::text`;

/** A cursor as a client holds it; the field's name is in it, so that it fits no other order. */
const cursorShape = z.tuple([z.string(), z.unknown(), z.uuid()]);

const storable = z.string().refine((value) => storableIssue(value) === null);
const moment = z.object({ at: z.iso.datetime() }).transform(({ at }) => new Date(at));

/** Past what JSON's numbers hold: micro-USD. */
const large = z
  .string()
  .regex(/^-?\d{1,18}$/)
  .transform(BigInt);

const NUMBERS: Readonly<Record<string, z.ZodType<Value>>> = {
  revision: z.int32(),
  rowNumber: z.int32(),
  durationSeconds: z.number(),
  startTime: z.number(),
  costMicroUsd: large,
};

/** What a column holds, by its name: moments end in `At`, as everywhere in the schema. */
const valueShapeOf = (field: string): z.ZodType<Value> =>
  field.endsWith('At') ? moment : (NUMBERS[field] ?? storable);

const encodeValue = (value: Value) =>
  value instanceof Date ? { at: value.toISOString() } : typeof value === 'bigint' ? String(value) : value;

const encode = (parts: z.infer<typeof cursorShape>) =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

function decode(cursor: string, field: string, side: Side) {
  const parts = cursorShape.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (!parts.success || parts.data[0] !== field) throw notACursor(side);
  const [, given, id] = parts.data;
  const { data: value } = valueShapeOf(field).safeParse(given);
  if (value === undefined) throw notACursor(side);
  return { value, id };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whatever is not JSON is not a cursor either: the caller's check refuses it.
    return undefined;
  }
}

/** Refusal of a cursor that this list, in this order, never gave out. */
export const notACursor = (side: Side) =>
  new InvalidInputError([
    {
      path: [side],
      message: 'Must be a cursor that this list gave in the same order; leave it out to start anew.',
    },
  ]);
