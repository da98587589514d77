/** How often each key is said in a stretch. */
export type Bag = Map<string, number>;

/** How much a key tells: those that are said everywhere tell nothing. */
export type KeyWeight = (key: string) => number;

/** Weighs the keys of a video by the share of its sentences that have them. */
export function keyWeights(sentences: readonly (readonly string[])[]): KeyWeight {
  const having = new Map<string, number>();
  for (const keys of sentences) for (const key of new Set(keys)) having.set(key, (having.get(key) ?? 0) + 1);
  const rarest = Math.log(sentences.length + 1);
  const weights = new Map([...having].map(([key, count]) => [key, rarest - Math.log(count)]));
  return (key) => weights.get(key) ?? rarest;
}

/** The keys of several sentences together. */
export function bagOf(sentences: readonly (readonly string[])[]): Bag {
  const bag: Bag = new Map();
  for (const keys of sentences) for (const key of keys) bag.set(key, (bag.get(key) ?? 0) + 1);
  return bag;
}

/** How much two stretches speak of the same: 0 of nothing, 1 of the same in the same proportions. */
export function likeness(a: Bag, b: Bag, weight: KeyWeight): number {
  let [dot, ofA, ofB] = [0, 0, 0];
  for (const [key, count] of a) {
    const weighed = weight(key);
    ofA += (weighed * count) ** 2;
    dot += weighed ** 2 * count * (b.get(key) ?? 0);
  }
  for (const [key, count] of b) ofB += (weight(key) * count) ** 2;
  return ofA > 0 && ofB > 0 ? dot / Math.sqrt(ofA * ofB) : 0;
}
