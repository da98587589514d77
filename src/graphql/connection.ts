import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import { InvalidInputError } from '../core/errors.ts';
import { builder } from './builder.ts';
import type { ApiContext } from './context.ts';
import { countTogether } from './count-together.ts';
import type { Order } from './order.ts';
import { DEFAULT_PAGE, MAX_PAGE } from './page-size.ts';

builder.globalConnectionField('totalCount', (t) =>
  t.int({
    description: 'How many there are beyond this page too; counted only when asked for.',
    resolve: ({ totalCount }) => totalCount(),
  }),
);

export type PageArgs = PothosSchemaTypes.DefaultConnectionArguments;

/** Where a list's rows come from. */
type Source<Row, Where, OrderBy> = {
  rows(query: { where: Where; orderBy: OrderBy[]; take: number }): PromiseLike<Row[]>;
  /** The model of the client whose rows they are. */
  counted: object;
};

/** One page; what of it is not asked for is not read. */
type Page<Row> = {
  edges: { node: Row; cursor: string }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
  totalCount: () => Promise<number>;
};

/**
 * One page of the rows that meet `where`, in `order`. Keyset, not offset: rows written or deleted
 * meanwhile neither shift nor empty a page. Rows are read only where `edges` or `pageInfo` is selected, and counted only
 * where `totalCount` is: for all pages of a list together (`countTogether`).
 *
 * @throws {InvalidInputError} if `first` or `last` is out of range or both are given, or a cursor is
 * not one of this order.
 */
export async function connectionOf<Row, Where extends object, OrderBy>(
  order: Order<Row, Where, OrderBy>,
  args: PageArgs,
  where: Where,
  source: Source<NoInfer<Row>, NoInfer<Where>, NoInfer<OrderBy>>,
): Promise<Page<Row>> {
  const size = pageSize(args);
  const backward = args.last != null;
  const { after, before } = args;
  const stretches = stretchesOf(order, args, where);

  const read = async () => {
    const rows: Row[] = [];
    for (const stretch of stretches) {
      // One row more than asked for tells whether another page follows.
      const take = size + 1 - rows.length;
      if (take > 0) rows.push(...(await source.rows({ where: stretch, orderBy: order.by(backward), take })));
    }
    const more = rows.length > size;
    const nodes = rows.slice(0, size);
    if (backward) nodes.reverse();
    const edges = nodes.map((node) => ({ node, cursor: order.cursor(node) }));
    const pageInfo = {
      hasNextPage: backward ? before != null : more,
      hasPreviousPage: backward ? more : after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    };
    return { edges, pageInfo };
  };
  let page: ReturnType<typeof read> | undefined;
  const rows = () => (page ??= read());
  const lazy = {
    get edges() {
      return rows().then(({ edges }) => edges);
    },
    get pageInfo() {
      return rows().then(({ pageInfo }) => pageInfo);
    },
    totalCount: () => countTogether(source.counted, where),
  };
  // Their resolvers take promises as well; the plugin's types do not say so.
  return lazy as unknown as Page<Row>;
}

/** What a page's rows meet, in the order in which they are read. */
function stretchesOf<Row, Where extends object, OrderBy>(
  order: Order<Row, Where, OrderBy>,
  { after, before, last }: PageArgs,
  where: Where,
): Where[] {
  const [start, end] = last == null ? ([after, before] as const) : ([before, after] as const);
  const [startSide, endSide] = last == null ? (['after', 'before'] as const) : (['before', 'after'] as const);
  const within = end == null ? [where] : [where, order.past(end, endSide)];
  if (start == null) return [{ AND: within } as Where];
  const parts = order.pastApart?.(start, startSide) ?? [order.past(start, startSide)];
  return parts.map((part) => ({ AND: [...within, part] }) as Where);
}

/** What Prisma must load for the nodes of the connection that `info` resolves. */
export const nodeQuery = (context: ApiContext, info: GraphQLResolveInfo): object =>
  queryFromInfo({ context, info, path: ['edges', 'node'] });

function pageSize({ first, last }: PageArgs): number {
  if (first != null && last != null) refuse('last', 'Give first or last, not both.');
  const name = last == null ? 'first' : 'last';
  const size = last ?? first ?? DEFAULT_PAGE;
  if (size < 0 || size > MAX_PAGE) refuse(name, `Must be 0 to ${MAX_PAGE}, not ${size}.`);
  return size;
}

function refuse(field: string, message: string): never {
  throw new InvalidInputError([{ path: [field], message }]);
}
