import type { GraphQLResolveInfo } from 'graphql';
import type { Actor } from '../platform/context.ts';
import {
  type ModelName,
  type OrderByOf,
  readerOf,
  type RowOf,
  type RowReader,
  type WhereOf,
} from '../platform/database/any-model.ts';
import { connectionOf, nodeQuery, type PageArgs } from './connection.ts';
import type { ApiContext } from './context.ts';
import { type Order, orderBy } from './order.ts';

type OrderOf<Name extends ModelName, Row> = Order<Row, WhereOf<Name>, OrderByOf<Name>>;

/** What is the same of every page of a model's rows. */
type Rules<Name extends ModelName, Row> = {
  /** The rows an actor may see. */
  visible: (actor: Actor) => WhereOf<Name>;
  /** Newest first unless given. */
  order?: OrderOf<Name, Row>;
  /** Whether a row is its node as it is: not told by what is selected of it, for its type is no model's. */
  whole?: boolean;
};

/** For every model that says when its rows were made. */
const newestFirst: unknown = orderBy<{ id: string; createdAt: Date }, object, object>('createdAt', 'desc');

/**
 * Makes the function that reads a page of the actor's rows of a model: those that meet `where`, with what is selected of
 * them. A list that its client orders hands its own `order` in. Pages are those of {@link connectionOf}.
 *
 * @typeParam Row what the rows are known to be, where that is more than their columns tell.
 */
export function pageOf<Name extends ModelName, Row extends RowOf<Name> = RowOf<Name>>(
  model: Name,
  { visible, order: usual = newestFirst as OrderOf<Name, Row>, whole = false }: Rules<Name, Row>,
) {
  return (
    ctx: ApiContext,
    info: GraphQLResolveInfo,
    args: PageArgs,
    where: WhereOf<Name> = {},
    order: OrderOf<Name, Row> = usual,
  ) => {
    const reader = readerOf(ctx.db, model) as RowReader<Row>;
    const mine = { AND: [visible(ctx.actor), where] } as WhereOf<Name>;
    return connectionOf(order, args, mine, {
      rows: (query) => reader.findMany({ ...(!whole && nodeQuery(ctx, info)), ...query }),
      counted: reader,
    });
  };
}
