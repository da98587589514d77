import { askPage } from './preview-job.ts';
import { median } from './statistics.ts';

const PAGE = 100;
const TIMES = 15;

const ALL_PENDING = { status: ['PENDING'] };
/** What pages are asked for with. */
const LISTS: readonly [order: string | null, filter: object | null][] = [
  [null, null],
  ['NUMBER DESC', null],
  ['COST ASC', null],
  ['COST DESC', null],
  ['DURATION ASC', null],
  ['DURATION DESC', null],
  [null, ALL_PENDING],
  ['COST DESC', ALL_PENDING],
  ['DURATION ASC', ALL_PENDING],
  [null, { isInvalid: false }],
  [null, { isDuplicate: false }],
  [null, { search: 'lighthouse' }],
];

/** Prints how long the last full page of a job's rows takes beside the first, in each order and with filters. */
export async function comparePages(url: string, id: string): Promise<void> {
  for (const [order, filter] of LISTS) {
    const [field, direction] = order?.split(' ') ?? [];
    const list = { id, filter, orderBy: order && { field, direction } };
    const after = await beforeLastPage(url, list);
    const first = await times(() => askPage(url, { ...list, first: PAGE }));
    const last = await times(() => askPage(url, { ...list, first: PAGE, after }));
    const told = `${order ?? 'in order'}, ${filter ? JSON.stringify(filter) : 'all'}`;
    console.log(
      `  ${told}: first page ${first.toFixed(1)} ms, last ${last.toFixed(1)} ms, ${(last / first).toFixed(2)}x`,
    );
  }
}

/** The cursor after which a hundred rows follow. */
async function beforeLastPage(url: string, list: object): Promise<string> {
  const last = await askPage(url, { ...list, last: PAGE });
  const before = { before: last.pageInfo.startCursor };
  return (await askPage(url, { ...list, ...before, last: 1 })).pageInfo.startCursor;
}

/** Median, in milliseconds. */
async function times(ask: () => Promise<{ edges: object[] }>): Promise<number> {
  const taken: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const began = performance.now();
    const { edges } = await ask();
    taken.push(performance.now() - began);
    if (edges.length !== PAGE) throw new Error(`A page has ${edges.length} rows.`);
  }
  return median(taken);
}
