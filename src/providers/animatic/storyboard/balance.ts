import type { Beat, View } from '../../../script/beat.ts';
import { inTwo, sentencesOf, stopOf } from '../../../script/sentences.ts';

/** Exactly `count` beats of the same text: neighbours joined, or long ones parted and views added. */
export function balance(beats: readonly Beat[], count: number): Beat[] {
  const joined = joinTo(beats, count);
  return addViews(partTo(joined, count), count);
}

function joinTo(beats: readonly Beat[], count: number): Beat[] {
  const joined = [...beats];
  // Beside them: ten thousand short lines are looked through ten thousand times.
  const lengths = beats.map(({ text }) => text.length);
  while (joined.length > count) {
    const at = smallestPair(lengths);
    const [left, right] = [joined[at], joined[at + 1]];
    if (!left || !right) break;
    const both = join(left, right);
    joined.splice(at, 2, both);
    lengths.splice(at, 2, both.text.length);
  }
  return joined;
}

/** Where the first of the two neighbours stands that are the shortest together. */
function smallestPair(lengths: readonly number[]): number {
  let [at, least] = [0, Infinity];
  for (let index = 1; index < lengths.length; index += 1) {
    const both = (lengths[index - 1] ?? 0) + (lengths[index] ?? 0);
    if (both >= least) continue;
    at = index - 1;
    least = both;
  }
  return at;
}

const join = (left: Beat, right: Beat): Beat => ({
  heading: left.heading ?? right.heading,
  text: `${left.text} ${left.heading && right.heading ? `${right.heading}: ` : ''}${right.text}`,
  narration: [left.narration, right.narration].filter((words) => words !== null).join(' ') || null,
  view: 'written',
});

function partTo(beats: readonly Beat[], count: number): Beat[] {
  const parted = [...beats];
  while (parted.length < count) {
    const candidates = parted
      .flatMap((beat, index) => {
        const halves = inTwo(beat.text);
        return halves ? [{ beat, index, halves }] : [];
      })
      .toSorted((a, b) => b.beat.text.length - a.beat.text.length);
    const longest = candidates[0];
    if (!longest) break;
    parted.splice(longest.index, 1, ...halvesOf(longest.beat, longest.halves));
  }
  return parted;
}

function halvesOf(beat: Beat, [first, second]: [string, string]): [Beat, Beat] {
  const [voice, rest] = beat.narration === beat.text ? [first, second] : voicesOf(beat.narration);
  const stop = beat.cut?.stop ?? stopOf(beat.text);
  return [
    { ...beat, text: first, narration: voice, cut: { ...beat.cut, stop } },
    { ...beat, heading: null, text: second, narration: rest, cut: { ...beat.cut, isContinued: true } },
  ];
}

/** What is spoken in two: between sentences, else between clauses; no word of it is lost. */
function voicesOf(narration: string | null): [string | null, string | null] {
  if (narration === null) return [null, null];
  const sentences = sentencesOf(narration);
  const middle = Math.ceil(sentences.length / 2);
  if (sentences.length > 1) return [sentences.slice(0, middle).join(' '), sentences.slice(middle).join(' ')];
  return inTwo(narration) ?? [narration, null];
}

/** In the order an editor would miss them. */
const ADDED: readonly [View, ...View[]] = ['setting', 'after', 'closer', 'detail', 'reverse'];

function addViews(beats: readonly Beat[], count: number): Beat[] {
  const missing = count - beats.length;
  if (missing <= 0) return [...beats];
  const before: Beat[] = [];
  const after: Beat[] = [];
  const behind = beats.map((): Beat[] => []);
  for (let added = 0; added < missing; added += 1) {
    const view = added < 2 ? (ADDED[added] ?? 'closer') : (ADDED[2 + ((added - 2) % 3)] ?? 'closer');
    const at = added < 2 ? (added === 0 ? 0 : beats.length - 1) : (added - 2) % beats.length;
    const source = beats[at];
    if (!source) continue;
    const extra: Beat = { ...source, heading: null, narration: null, view };
    (view === 'setting' ? before : view === 'after' ? after : (behind[at] ?? after)).push(extra);
  }
  return [...before, ...beats.flatMap((beat, index) => [beat, ...(behind[index] ?? [])]), ...after];
}
