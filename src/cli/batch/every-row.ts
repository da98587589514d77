/** Rows of a job, however many: the API gives, and takes, a hundred at a time. */
import type { JobCountersFragment } from '../generated/graphql.ts';
import { given } from '../server/refusals.ts';
import type { WhichRows } from './which-rows.ts';

/** A page, or a list, of the API holds no more. */
const PAGE = 100;

type Page<Node> = {
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  edges: readonly { node: Node }[];
};

/**
 * Asks for rows page by page, in order.
 *
 * @param ask gives a page; nothing where there is no such job.
 * @param most so many at most.
 */
export async function* everyRow<Node>(
  ask: (page: { first: number; after: string | null }) => Promise<Page<Node> | undefined>,
  most = Infinity,
): AsyncGenerator<Node> {
  let after: string | null = null;
  for (let left = most; left > 0; left -= PAGE) {
    const page: Page<Node> | undefined = await ask({ first: Math.min(PAGE, left), after });
    for (const { node } of page?.edges ?? []) yield node;
    if (!page?.pageInfo.hasNextPage) return;
    after = page.pageInfo.endCursor;
  }
}

/** How many rows were moved, and where their job stands then. */
export type Moved = { count: number; job: JobCountersFragment };

/** Has rows moved, list by list; those before one that is refused stay moved. */
export async function moveRows<Which extends WhichRows>(
  which: Which,
  move: (some: Which) => Promise<Moved>,
): Promise<Moved> {
  let [job, count]: [JobCountersFragment | null, number] = [null, 0];
  for (const some of listsOf(which)) {
    const moved = await move(some);
    job = moved.job;
    count += moved.count;
  }
  return { job: given(job), count };
}

function listsOf<Which extends WhichRows>(which: Which): Which[] {
  if (!('rowNumbers' in which)) return [which];
  const { rowNumbers } = which;
  return Array.from({ length: Math.ceil(rowNumbers.length / PAGE) }, (_all, list) => ({
    ...which,
    rowNumbers: rowNumbers.slice(list * PAGE, (list + 1) * PAGE),
  }));
}
