import type { Talk } from './talk.ts';

export type Clip = { startSeconds: number; endSeconds: number };

const length = ({ startSeconds, endSeconds }: Clip) => Math.max(0, endSeconds - startSeconds);
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** The talk's good stretches: each sentence that is labelled so. */
function goodStretches({ words, sentences, isGood }: Talk): Clip[] {
  return sentences
    .filter((_, i) => isGood[i])
    .map(({ startWord, endWord }) => ({
      startSeconds: words[startWord]?.startSeconds ?? 0,
      endSeconds: words[endWord - 1]?.endSeconds ?? 0,
    }));
}

/** The share of the clips' speech that lies in good sentences. */
export function goodShare(talk: Talk, clips: readonly Clip[]): number {
  const within = (spans: readonly Clip[]) =>
    sum(
      clips.flatMap((clip) =>
        spans.map((span) =>
          length({
            startSeconds: Math.max(clip.startSeconds, span.startSeconds),
            endSeconds: Math.min(clip.endSeconds, span.endSeconds),
          }),
        ),
      ),
    );
  const all = goodStretches({ ...talk, isGood: talk.sentences.map(() => true) });
  return within(goodStretches(talk)) / within(all);
}

/** Chance: the good share of the whole talk. */
export const chanceOf = (talk: Talk): number =>
  goodShare(talk, [{ startSeconds: 0, endSeconds: talk.durationSeconds }]);

/** As many clips of the same lengths with even gaps between them. */
export function evenlySpaced(talk: Talk, clips: readonly Clip[]): Clip[] {
  const gap = (talk.durationSeconds - sum(clips.map(length))) / (clips.length + 1);
  let at = 0;
  return clips
    .toSorted((a, b) => a.startSeconds - b.startSeconds)
    .map((clip) => {
      const startSeconds = at + gap;
      at = startSeconds + length(clip);
      return { startSeconds, endSeconds: at };
    });
}
