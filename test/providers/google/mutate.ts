/** Odd answers, bred from whole ones. */

const ODD_VALUES = [null, '', 'odd', 0, -1, [], {}, [null], [[]], true, { video: null }, 'processing'];

/** Moves, drops, renames or retypes one thing of an answer. @param random 0 to 1. */
export function mutate(value: unknown, random: () => number): unknown {
  if (typeof value !== 'object' || value === null || random() < 0.2)
    return ODD_VALUES[Math.floor(random() * ODD_VALUES.length)];
  const entries = Object.entries(value);
  const at = Math.floor(random() * entries.length);
  const changed = entries.flatMap(([name, item], index): [string, unknown][] => {
    if (index !== at) return [[name, item]];
    const turn = random();
    if (turn < 0.15) return [];
    if (turn < 0.3) return [[`${name}_`, item]];
    if (turn < 0.4) return [['moved', { [name]: item }]];
    return [[name, mutate(item, random)]];
  });
  return Array.isArray(value) ? changed.map(([, item]) => item) : Object.fromEntries(changed);
}
