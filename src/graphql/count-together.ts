/** What can be counted: a model of the client. */
type Model = {
  count(args: { where: object }): PromiseLike<number>;
  groupBy(args: {
    by: string[];
    where: object;
    _count: { _all: true };
  }): PromiseLike<(Record<string, unknown> & { _count: { _all: number } })[]>;
};

/**
 * Whose rows are counted: those that hold this id in this column, or this scope among those in this column, and meet
 * `rest`.
 */
type Owner = { column: string; id: string; isList: boolean; rest: object[] };

type Batch = { ids: Set<string>; counts: Promise<(id: string) => number> };

/** Counts that are asked for and not begun, by model and by what is counted. */
const waiting = new WeakMap<object, Map<string, Batch>>();

/**
 * How many rows of a model of the client meet `where`. Asked for many owners at once (the runs of each project of a
 * page), it counts for all of them with one statement.
 */
export async function countTogether(counted: object, where: object): Promise<number> {
  const model = counted as Model;
  const owner = ownerIn(where);
  if (!owner) return model.count({ where });
  const { ids, counts } = batchOf(model, owner);
  ids.add(owner.id);
  return (await counts)(owner.id);
}

/** The condition that is nothing but one id, or one scope; never the workspace, which all of an answer have in common. */
function ownerIn({ AND: conditions = [] }: { AND?: object[] }): Owner | null {
  const owners = conditions.flatMap((condition) => {
    const [entry, ...others] = Object.entries(condition) as [string, unknown][];
    const owner = others.length === 0 && entry ? ownerOf(...entry) : null;
    return owner ? [{ ...owner, rest: conditions.filter((other) => other !== condition) }] : [];
  });
  return owners.at(-1) ?? null;
}

function ownerOf(column: string, value: unknown): Omit<Owner, 'rest'> | null {
  if (typeof value === 'string')
    return column.endsWith('Id') && column !== 'workspaceId' ? { column, id: value, isList: false } : null;
  const { has, ...others } = (value ?? {}) as { has?: unknown };
  if (typeof has !== 'string' || Object.keys(others).length > 0) return null;
  return { column, id: has, isList: true };
}

function batchOf(model: Model, { column, isList, rest }: Owner): Batch {
  const batches = waiting.get(model) ?? new Map<string, Batch>();
  waiting.set(model, batches);
  const key = JSON.stringify([column, isList, rest]);
  const known = batches.get(key);
  if (known) return known;
  const ids = new Set<string>();
  const counts = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
    // From here on another one begins.
    batches.delete(key);
    const where = { AND: [...rest, { [column]: { [isList ? 'hasSome' : 'in']: [...ids] } }] };
    return countsOf(await model.groupBy({ by: [column], where, _count: { _all: true } }), column);
  });
  const batch = { ids, counts };
  batches.set(key, batch);
  return batch;
}

/** Rows of an owner, by groups of rows with the same in its column: one id, or a list in which several owners may be. */
function countsOf(groups: Awaited<ReturnType<Model['groupBy']>>, column: string): (id: string) => number {
  const counts = new Map<string, number>();
  for (const {
    _count: { _all: count },
    [column]: held,
  } of groups)
    for (const id of Array.isArray(held) ? (held as string[]) : [String(held)])
      counts.set(id, (counts.get(id) ?? 0) + count);
  return (id) => counts.get(id) ?? 0;
}
