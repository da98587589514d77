/** Clips cut out of films whose pictures carry their number and whose sound clicks at every second: exact to the picture. */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { testDirectory } from './support/clips.ts';
import { cutMany, makeNumbered, type NumberedFilm, seeClip, type SeenCut } from './support/numbered.ts';

const RATES = {
  '24': { num: 24, den: 1 },
  '25': { num: 25, den: 1 },
  '29.97': { num: 30_000, den: 1_001 },
  '59.94': { num: 60_000, den: 1_001 },
} as const;

const SECONDS = 8;

/** The same ranges in every run; nothing in them is round. */
function ranges(count: number, seed: number): [number, number][] {
  let state = seed;
  const random = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  return Array.from({ length: count }, () => {
    const start = random() * (SECONDS - 1);
    return [start, Math.min(SECONDS, start + 0.4 + random() * (SECONDS - start))];
  });
}

/** Numbers of the pictures that begin in a stretch. */
const wanted = ({ num, den }: { num: number; den: number }, [start, end]: [number, number]): number[] =>
  Array.from({ length: Math.round((SECONDS * num) / den) }, (_, number) => number).filter((number) => {
    const seconds = (number * den) / num;
    return seconds >= start - 0.001 && seconds < end - 0.001;
  });

/** ms that the sound comes after its picture, at each click. */
function offsets({ clip, seen }: SeenCut, timeOf: (number: number) => number): number[] {
  const picture = seen.seconds.map((seconds, place) => seconds - timeOf(seen.numbers[place] ?? 0));
  const late = picture.toSorted((a, b) => a - b)[Math.floor(picture.length / 2)] ?? 0;
  return seen.clicks
    .map((click) => click - late)
    .filter((second) => second > clip.startSeconds + 0.02)
    .map((second) => (second - Math.round(second)) * 1_000);
}

async function film(more: Partial<NumberedFilm> & Pick<NumberedFilm, 'frameRate'>) {
  const directory = await testDirectory();
  const frames = Math.round((SECONDS * more.frameRate.num) / more.frameRate.den);
  const [file = ''] = await makeNumbered(directory, { name: 'film.mp4', frames, gop: 30, ...more });
  return { directory, file };
}

test.each(Object.entries(RATES))(
  'a clip of a film of %s pictures a second has the ones asked for',
  async (_, rate) => {
    const { directory, file } = await film({ frameRate: rate });
    const asked = ranges(4, 7);
    const cuts = await cutMany(directory, file, asked);
    const source = await seeClip(file);
    for (const [place, cut] of cuts.entries()) {
      const { clip, seen } = cut;
      expect(seen.numbers).toEqual(wanted(rate, asked[place] ?? [0, 0]));
      expect(seen.packets.filter((packet) => source.packets.includes(packet))).toHaveLength(
        clip.copiedFrames,
      );
      expect(seen.complaints).toBe(0);
      for (const ms of offsets(cut, (number) => (number * rate.den) / rate.num))
        expect(Math.abs(ms)).toBeLessThan(5);
      expect(clip.startSeconds).toBeCloseTo(((seen.numbers[0] ?? 0) * rate.den) / rate.num, 4);
      expect(clip.durationSeconds).toBeCloseTo(clip.endSeconds - clip.startSeconds, 3);
      expect(clip.audioSeconds).toBeCloseTo(clip.durationSeconds, 3);
      expect(Math.max(...seen.edges)).toBeLessThan(0.3);
    }
    // Most are long enough to be copied.
    expect(cuts.filter(({ clip }) => clip.copiedFrames > 0).length).toBeGreaterThanOrEqual(2);
    expect(readdirSync(directory).toSorted()).toEqual(['cut.mp4', 'film.mp4', 'sound.m4a']);
  },
);
