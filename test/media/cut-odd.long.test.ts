/** Films as people have them: whatever they are, a clip shows what a player would show of them. */
import { beforeAll, expect, test } from 'vitest';
import { testDirectory } from './support/clips.ts';
import { cutMany, type CutWish, type NumberedFilm, type SeenCut } from './support/numbered.ts';
import { offsetsMs, wanted } from './support/ranges.ts';

const RANGE: [number, number] = [0.77, 3.31];
const FRAMES = 100;
const timeOf = (number: number) => number / 25;

const TAGS = 'setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv';
const PQ =
  'format=gbrpf32le,setparams=color_primaries=bt709:color_trc=bt709:colorspace=gbr:range=pc,zscale=t=linear,' +
  'zscale=p=bt2020:t=smpte2084:m=bt2020nc:r=tv:npl=203,format=yuv420p10le';
const X265 = {
  encoder: 'libx265',
  options: { preset: 'ultrafast', 'x265-params': 'log-level=none' },
} as const;

/** Shown for unlike times: every seventh picture four times as long as the others. */
const UNSTEADY = Array.from(
  { length: FRAMES },
  (_, number) => (number + 3 * Math.floor((number + 6) / 7)) / 40,
);

type Odd = Partial<NumberedFilm> & { loudness?: boolean };

const ODD = {
  unsteady: { times: UNSTEADY, gop: 20 },
  'in Matroska': { name: 'film.mkv', gop: 20 },
  'of open groups': {
    gop: 20,
    options: { preset: 'veryfast', crf: 18, 'x264-params': 'open-gop=1:bframes=3:scenecut=0' },
  },
  'of pyramids': {
    gop: 30,
    options: { preset: 'veryfast', crf: 18, bf: 5, 'x264-params': 'b-pyramid=normal' },
  },
  'in HEVC': X265,
  'in VP9': {
    name: 'film.webm',
    encoder: 'libvpx-vp9',
    options: { deadline: 'realtime', 'cpu-used': 8 },
    sounds: [],
  },
  'in HDR': { ...X265, filter: PQ },
  'of full range': { filter: `scale=out_range=pc,format=yuv420p,${TAGS.replace('=tv', '=pc')}` },
  interlaced: {
    options: { preset: 'superfast', crf: 14, flags: '+ilme+ildct' },
    filter: `${TAGS},format=yuv420p,setfield=tff`,
  },
  'without sound': { sounds: [], gop: 20 },
  'of two sounds': { sounds: [{ tone: 300 }, { tone: 900, isDefault: true }] },
  'of six channels': { sounds: [{ channels: 6 }] },
  'in mono': { sounds: [{ channels: 1, level: 0.01 }], loudness: true },
  loud: { sounds: [{ level: 0.79, tone: 3_000 }], loudness: true },
} satisfies Record<string, Odd>;

/** Of a recorded screen: pictures at 0, 0.04, 0.08, 2, 2.04, ... 3.6, 6 and 6.04 s. */
const STILL = [0, 0.04, 0.08, ...Array.from({ length: 41 }, (_, place) => 2 + place * 0.04), 6, 6.04];
const HELD: CutWish = {
  film: {
    name: 'film.mp4',
    frames: STILL.length,
    frameRate: { num: 25, den: 1 },
    times: STILL,
    gop: 8,
  },
  ranges: [
    [1, 2.1],
    [1, 5],
    [4, 5],
  ],
};

/** To be turned to the right; the second cannot be copied. */
const TURNED = { copied: { gop: 20 }, encoded: X265 } satisfies Record<string, Odd>;

let cuts: Map<string, SeenCut>;
const cutOf = (name: keyof typeof ODD | keyof typeof TURNED): SeenCut => cuts.get(name) as SeenCut;

beforeAll(async () => {
  const usual = { name: 'film.mp4', frames: FRAMES, frameRate: { num: 25, den: 1 } };
  const turned = Object.entries(TURNED).map(([name, film]): [string, Odd] => [
    name,
    { ...film, turned: [0, 1, -1, 0] },
  ]);
  const odd: [string, Odd][] = [...Object.entries(ODD), ...turned];
  const wishes: CutWish[] = odd.map(([, { loudness = false, ...film }]) => ({
    film: { ...usual, ...film },
    ranges: [RANGE],
    loudness,
  }));
  const all = await cutMany(await testDirectory(), wishes);
  cuts = new Map(odd.map(([name], place) => [name, all[place]?.[0] as SeenCut]));
});

test.each(Object.keys(ODD))('of a film %s, every picture asked for, and the sound on time', (name) => {
  const cut = cutOf(name as keyof typeof ODD);
  const time = name === 'unsteady' ? (number: number) => UNSTEADY[number] ?? 0 : timeOf;
  const { clip, seen } = cut;
  expect(seen.numbers).toEqual(wanted(RANGE, FRAMES, time));
  expect(seen.complaints).toBe(0);
  for (const [place, number] of seen.numbers.entries())
    expect(seen.seconds[place]).toBeCloseTo(time(number) - clip.startSeconds, 2);
  expect(clip).toMatchObject({ videoCodec: 'h264', audioCodec: 'aac', sampleRate: 48_000, channels: 2 });
  expect(clip.audioSeconds).toBeCloseTo(clip.durationSeconds, 2);
  expect(Math.abs(seen.lengthSeconds - clip.durationSeconds)).toBeLessThan(0.045);
  expect(Math.max(0, ...offsetsMs(cut, time).map(Math.abs))).toBeLessThan(10);
});

test('what can be copied is: also of unsteady films, of pyramids and from Matroska', () => {
  for (const name of ['unsteady', 'in Matroska', 'of pyramids', 'without sound'] as const) {
    const { clip, seen, source } = cutOf(name);
    expect(clip.copiedFrames).toBeGreaterThan(clip.frames / 2);
    expect(seen.packets.filter((packet) => source.packets.includes(packet))).toHaveLength(clip.copiedFrames);
  }
  for (const name of ['of open groups', 'in HEVC', 'in HDR', 'of full range', 'interlaced'] as const)
    expect(cutOf(name).clip.copiedFrames).toBe(0);
});

test('of a film that is to be turned, it is turned by the player where copied, and upright where encoded', () => {
  expect(cutOf('copied').seen).toMatchObject({ size: { width: 320, height: 180 }, turn: 'transpose=clock' });
  expect(cutOf('copied').seen.numbers).toEqual(wanted(RANGE, FRAMES, timeOf));
  expect(cutOf('encoded').seen).toMatchObject({ size: { width: 180, height: 320 }, turn: null });
  expect(cutOf('encoded').clip.frames).toBe(wanted(RANGE, FRAMES, timeOf).length);
});

test('a picture that stands still is shown from the clip’s first moment to its last', async () => {
  const [cut = []] = await cutMany(await testDirectory(), [HELD]);
  const told = cut.map(({ clip, seen }) => ({
    at: [clip.startSeconds, clip.endSeconds].map((seconds) => Math.round(seconds * 1_000)),
    numbers: [seen.numbers[0], seen.numbers.at(-1)],
    seconds: seen.seconds.slice(0, 2).map((seconds) => Math.round(seconds * 1_000)),
    length: [seen.lengthSeconds, clip.audioSeconds].map((seconds) => Math.round(seconds * 10)),
  }));
  expect(told).toEqual([
    { at: [1_000, 2_120], numbers: [2, 5], seconds: [0, 1_000], length: [11, 11] },
    { at: [1_000, 5_000], numbers: [2, 43], seconds: [0, 1_000], length: [40, 40] },
    { at: [4_000, 5_000], numbers: [43, 43], seconds: [0], length: [10, 10] },
  ]);
  // All of what moves.
  expect(cut[1]?.clip.copiedFrames).toBeGreaterThan(30);
});

test('of several sounds it has the default one; without sound it is silent', () => {
  expect(cutOf('of two sounds').seen.toneHz).toBeCloseTo(900, -2);
  expect(cutOf('without sound').clip.loudness).toEqual({ lufs: null, truePeakDb: null });
});

test('sound comes out at -14 LUFS and under -2 dBTP, be it quiet or loud', () => {
  for (const name of ['in mono', 'loud'] as const) {
    const { lufs, truePeakDb } = cutOf(name).clip.loudness;
    expect(Math.abs((lufs ?? 0) + 14)).toBeLessThan(1);
    expect(truePeakDb).toBeLessThanOrEqual(-2);
  }
});
