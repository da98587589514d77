/** What can be counted: a model of the client. */
type Model = {
  count(args: { where: object }): PromiseLike<number>;
  groupBy(args: {
    by: string[];
    where: object;
    _count: { _all: true };
  }): PromiseLike<(Record<string, unknown> & { _count: { _all: number } })[]>;
};

/** Whose rows are counted: those that hold this id in this column, and meet `rest`. */
type Owner = { column: string; id: string; rest: object[] };

type Batch = { ids: Set<string>; counts: Promise<ReadonlyMap<string, number>> };

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
  return (await counts).get(owner.id) ?? 0;
}

/** The condition that is nothing but one id; never the workspace, which all of an answer have in common. */
function ownerIn(where: { AND?: object[] }): Owner | null {
  const conditions = where.AND ?? [];
  const owner = conditions.findLast((condition) => {
    const [entry, ...others] = Object.entries(condition);
    return (
      others.length === 0 &&
      entry &&
      entry[0].endsWith('Id') &&
      entry[0] !== 'workspaceId' &&
      typeof entry[1] === 'string'
    );
  });
  if (!owner) return null;
  const [[column, id] = expected()] = Object.entries(owner) as [string, string][];
  return { column, id, rest: conditions.filter((condition) => condition !== owner) };
}

const expected = (): never => {
  throw new Error('A condition was found without its column.');
};

function batchOf(model: Model, { column, rest }: Owner): Batch {
  const batches = waiting.get(model) ?? new Map<string, Batch>();
  waiting.set(model, batches);
  const key = JSON.stringify([column, rest]);
  const known = batches.get(key);
  if (known) return known;
  const ids = new Set<string>();
  const counts = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
    // From here on another one begins.
    batches.delete(key);
    const where = { AND: [...rest, { [column]: { in: [...ids] } }] };
    const groups = await model.groupBy({ by: [column], where, _count: { _all: true } });
    return new Map(groups.map(({ _count: { _all: count }, ...group }) => [String(group[column]), count]));
  });
  const batch = { ids, counts };
  batches.set(key, batch);
  return batch;
}
