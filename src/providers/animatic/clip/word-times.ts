/** When the offline voice says which word. */
import { tokensOf } from '../../../subtitles/words/tokens.ts';
import type { TimedWord } from '../../../text/timed-words.ts';
import type { VoiceOrder } from '../../capabilities/clip.ts';
import { type Flite, loadFlite } from './flite.ts';
import { fit, LEAD_SECONDS, voiceOf } from './voice.ts';

export type VoiceJob = VoiceOrder & {
  /** An empty directory for the voice's own files. */ workDirectory: string;
};

/** A sound of the voice, `dh`, and when it is heard. */
export type Sound = { sound: string; startSeconds: number; endSeconds: number };

/**
 * Says a clip's narration once more, just as it was said, and tells when each of its words is, from the clip's start. The voice tells
 * its sounds with their times; which word a sound is of, is found by what the voice says for each word alone.
 */
export async function wordTimes({
  words,
  style,
  durationSeconds,
  workDirectory,
}: VoiceJob): Promise<TimedWord[]> {
  const flite = await loadFlite(workDirectory);
  const fitted = await fit(flite, words, style, durationSeconds);
  if (!fitted) return [];
  const sounds = soundsOf(await flite.tellSounds(fitted.words, voiceOf(style), fitted.stretch));
  const tokens = tokensOf(fitted.words, 'en');
  const alone = await eachAlone(
    flite,
    tokens.map(({ word }) => word),
    voiceOf(style),
  );
  const times = timesOf(sounds, alone);
  return tokens.map((token, index) => ({
    ...token,
    startSeconds: LEAD_SECONDS + times[index]!.startSeconds,
    endSeconds: Math.min(durationSeconds, LEAD_SECONDS + times[index]!.endSeconds),
  }));
}

/** What the voice says for each word where it says no other. */
async function eachAlone(flite: Flite, words: readonly string[], voice: string): Promise<string[][]> {
  const known = new Map<string, string[]>();
  for (const word of words)
    if (!known.has(word)) {
      const sounds = soundsOf(await flite.tellSounds(word, voice, 1));
      known.set(
        word,
        sounds.map(({ sound }) => sound),
      );
    }
  return words.map((word) => known.get(word)!);
}

/** The sounds that the voice tells, `pau:0.193 d:0.218 …`, without its pauses. */
export function soundsOf(told: string): Sound[] {
  const sounds: Sound[] = [];
  let last = 0;
  for (const [, sound = '', end] of told.matchAll(/(\S+):([\d.]+)/g)) {
    if (sound !== 'pau') sounds.push({ sound, startSeconds: last, endSeconds: Number(end) });
    last = Number(end);
  }
  return sounds;
}

/**
 * When words are said, of the sounds that are heard and those that each word has alone: the two are laid beside each other so that as
 * few as can be differ, for in a sentence some sounds are others than alone, or are swallowed. Pure.
 */
export function timesOf(
  heard: readonly Sound[],
  words: readonly (readonly string[])[],
): Pick<Sound, 'startSeconds' | 'endSeconds'>[] {
  const expected = words.flatMap((sounds, word) => sounds.map((sound) => ({ sound, word })));
  const wordOf = beside(
    heard.map(({ sound }) => sound),
    expected.map(({ sound }) => sound),
  ).map((place) => (place === null ? null : expected[place]!.word));
  let latest = 0;
  return words.map((_, word) => {
    const [first, last] = [wordOf.indexOf(word), wordOf.lastIndexOf(word)];
    if (first < 0) return { startSeconds: latest, endSeconds: latest };
    latest = heard[last]!.endSeconds;
    return { startSeconds: heard[first]!.startSeconds, endSeconds: latest };
  });
}

/** For each of `one` its place in `other`, by the fewest changes; null for what is only in `one`. */
function beside(one: readonly string[], other: readonly string[]): (number | null)[] {
  const width = other.length + 1;
  const costs = new Uint16Array((one.length + 1) * width);
  const costAt = (row: number, column: number) => costs[row * width + column]!;
  const change = (row: number, column: number) =>
    costAt(row - 1, column - 1) + (one[row - 1] === other[column - 1] ? 0 : 1);
  for (let row = 0; row <= one.length; row += 1)
    for (let column = 0; column < width; column += 1) {
      const least =
        row === 0
          ? column
          : column === 0
            ? row
            : Math.min(change(row, column), costAt(row - 1, column) + 1, costAt(row, column - 1) + 1);
      costs[row * width + column] = least;
    }
  const places = one.map((): number | null => null);
  let [row, column] = [one.length, other.length];
  while (row > 0 && column > 0) {
    if (costAt(row, column) === change(row, column)) places[(row -= 1)] = column -= 1;
    else if (costAt(row, column) === costAt(row - 1, column) + 1) row -= 1;
    else column -= 1;
  }
  return places;
}
