/** Films as providers and people send them: whatever they are, the film shows what a player would show of them. */
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { FIELDS, makeOddFilms, type OddFilm, type OddResult } from './support/odd-films.ts';

const SIZE = { width: 96, height: 96 };
const TAGS = 'setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709';
const NO_TAGS = 'setparams=color_primaries=unknown:color_trc=unknown:colorspace=unknown';
const TO_709 = 'scale=out_color_matrix=bt709:out_range=tv';
const TO_601 = 'scale=out_color_matrix=bt601:out_range=tv,format=yuv420p';
const FILTER = `${TO_709},format=yuv420p,${TAGS}:range=tv`;

const X264 = {
  encoder: 'libx264',
  options: { preset: 'superfast', crf: 12, profile: 'high' },
  filter: FILTER,
} as const;
const X265 = {
  encoder: 'libx265',
  options: { preset: 'ultrafast', 'x265-params': 'log-level=none' },
} as const;
const VP9 = { encoder: 'libvpx-vp9', options: { deadline: 'realtime', 'cpu-used': 8 } } as const;

/** White at so many nits. */
const hdr = (transfer: string, whiteNits = 203) =>
  `format=gbrpf32le,${TAGS.replace('colorspace=bt709', 'colorspace=gbr')}:range=pc,zscale=t=linear,` +
  `zscale=p=bt2020:t=${transfer}:m=bt2020nc:r=tv:npl=${whiteNits},format=yuv420p10le`;

type Odd = Partial<OddFilm> & { is: string };

const SAME: Odd[] = [
  { is: 'of 10 bits', filter: FILTER.replace('yuv420p', 'yuv420p10le'), options: { preset: 'superfast' } },
  { is: 'of 4:4:4', filter: FILTER.replace('yuv420p', 'yuv444p'), options: { preset: 'superfast' } },
  { is: 'of RGB', encoder: 'libx264rgb', filter: 'format=rgb24', options: { preset: 'superfast' } },
  { is: 'of full range', filter: `${TO_709.replace('=tv', '=pc')},format=yuv420p,${TAGS}:range=pc` },
  { is: 'of BT.601', filter: `${TO_601},${TAGS.replace('colorspace=bt709', 'colorspace=smpte170m')}` },
  { is: 'small and silent about its colours', filter: `${TO_601},${NO_TAGS}` },
  {
    is: 'large and silent about its colours',
    filter: `${TO_709},format=yuv420p,${NO_TAGS}`,
    size: { width: 1280, height: 720 },
  },
  {
    is: 'of BT.2020',
    ...X265,
    filter: `${FILTER},zscale=p=bt2020:t=bt709:m=bt2020nc:r=tv,format=yuv420p10le`,
  },
  { is: 'in PQ', ...X265, filter: hdr('smpte2084') },
  { is: 'in HLG', ...X265, filter: hdr('arib-std-b67') },
  { is: 'of wide pixels', size: { width: 48, height: 96 }, filter: `${FILTER},setsar=2` },
  { is: 'of odd width and height', ...VP9, name: 'odd.webm', size: { width: 97, height: 95 } },
  { is: 'in VP9', ...VP9, name: 'vp9.webm' },
  { is: 'in AV1', encoder: 'libsvtav1', options: { preset: 12, 'svtav1-params': 'lp=1' } },
  { is: 'in HEVC', ...X265 },
  { is: 'in Baseline profile', options: { preset: 'superfast', profile: 'baseline' } },
  { is: 'of frames of unlike lengths', frames: [0, 1, 2, 5, 6, 10, 11] },
];

/** What becomes of red, green, blue, grey, which lie in rows. */
const TURNED: (Odd & { fields: (keyof typeof FIELDS)[] })[] = [
  { is: 'turned right', turned: [0, 1, -1, 0], fields: ['blue', 'red', 'grey', 'green'] },
  { is: 'turned left', turned: [0, -1, 1, 0], fields: ['green', 'grey', 'red', 'blue'] },
  { is: 'upside down', turned: [-1, 0, 0, -1], fields: ['grey', 'blue', 'green', 'red'] },
  { is: 'mirrored', turned: [-1, 0, 0, 1], fields: ['green', 'red', 'grey', 'blue'] },
  { is: 'mirrored and turned', turned: [0, 1, 1, 0], fields: ['red', 'blue', 'green', 'grey'] },
  {
    is: 'turned left and silent about its colours',
    turned: [0, -1, 1, 0],
    filter: `${TO_601},${NO_TAGS}`,
    fields: ['green', 'grey', 'red', 'blue'],
  },
];

const PLAIN: Odd = { is: 'like ours' };
const LATE: Odd = { is: 'late', frames: [48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59] };
const BRIGHT: Odd = { is: 'in PQ and bright', ...X265, filter: hdr('smpte2084', 1_000) };
const HIDING: Odd = { is: 'hiding its first frames', hidden: 3, options: { preset: 'veryfast' } };
const INTERLACED: Odd = {
  is: 'interlaced',
  isMoving: true,
  frames: Array.from({ length: 24 }, (_, index) => index),
  frameRate: 48,
  filter: `${FILTER},tinterlace=mode=interleave_top`,
  options: { preset: 'superfast', crf: 12, profile: 'high', flags: '+ildct+ilme' },
};
const MONO: Odd = { is: 'mono at 44.1 kHz', sound: { sampleRate: 44_100, channels: 1 } };
const STEREO: Odd = { is: 'stereo at 48 kHz', sound: { sampleRate: 48_000, channels: 2 } };
const SURROUND: Odd = { is: 'in 5.1', sound: { sampleRate: 48_000, channels: 6 } };

const ALL = [...SAME, ...TURNED, PLAIN, LATE, BRIGHT, HIDING, INTERLACED, MONO, STEREO, SURROUND];
const nameOf = ({ is, name = '.mp4' }: Odd) => `${is}${name.slice(name.lastIndexOf('.'))}`;

const LARGE: Odd = SAME.find(({ is }) => is.startsWith('large')) ?? PLAIN;

let results: Map<string, OddResult>;
/** Of the large one, as large. */
let largeFilm: OddResult | undefined;
beforeAll(async () => {
  const directory = temporaryFolder('odd');
  const filmsOf = (odds: Odd[]) =>
    odds.map((odd): OddFilm => ({ ...X264, size: SIZE, ...odd, name: nameOf(odd) }));
  const made = await makeOddFilms({ directory, films: filmsOf(ALL), size: SIZE });
  results = new Map(made.map((result) => [result.name, result]));
  [largeFilm] = await makeOddFilms({ directory, films: filmsOf([LARGE]), size: LARGE.size ?? SIZE });
}, 120_000);

function filmOf(odd: Odd): OddResult {
  const result = results.get(nameOf(odd));
  if (!result) throw new Error(`No film was made of one ${odd.is}.`);
  return result;
}

/** Steps of 255; coding takes two or three, tone mapping presses bright colours together. */
const CLOSE = 6;
const NEAR = 12;

function expectFields(actual: OddResult['fields'], names: (keyof typeof FIELDS)[], tolerance: number) {
  const expected = names.map((name) => FIELDS[name]);
  const worst = expected.flatMap((colour, field) =>
    colour.map((value, channel) => Math.abs(value - (actual[field]?.[channel] ?? -1))),
  );
  expect(Math.max(...worst)).toBeLessThanOrEqual(tolerance);
}

/** 8 bits, 4:2:0, BT.709, High: what every player plays; FFmpeg's numbers. */
const FILM = {
  format: 'yuv420p',
  range: 1,
  primaries: 1,
  transfer: 1,
  matrix: 1,
  interlaced: false,
  profile: 100,
  sideData: 0,
};

test.each(SAME)('a film $is is converted, and keeps its colours in the film and on the poster', (odd) => {
  const film = filmOf(odd);
  const tolerance = odd.filter?.includes('npl') ? NEAR : CLOSE;
  expect(film.method).toBe('FULL');
  expect(film.picture).toMatchObject({ ...FILM, aspect: '1:1', ...SIZE });
  expect(film.frames).toBe(12);
  expectFields(film.still, ['red', 'green', 'blue', 'grey'], tolerance);
  // The large one's lie in the middle of black.
  if (odd !== LARGE) expectFields(film.fields, ['red', 'green', 'blue', 'grey'], tolerance);
});

test.each(TURNED)('a film $is stands upright in the film and on the poster', (odd) => {
  const film = filmOf(odd);
  expect(film.method).toBe('FULL');
  expect(film.picture).toMatchObject({ ...FILM, ...SIZE });
  expectFields(film.fields, odd.fields, CLOSE);
  expectFields(film.still, odd.fields, CLOSE);
});

test('highlights of HDR are pressed together, not cut off, and keep their colour', () => {
  const [red = [0, 0, 0], , , grey = [0, 0, 0]] = filmOf(BRIGHT).fields;
  expect(filmOf(BRIGHT).picture).toMatchObject(FILM);
  expect(grey[0]).toBeGreaterThan(170);
  expect(grey[0]).toBeLessThan(240);
  expect(red[0] - red[1]).toBeGreaterThan(90);
});

test('interlaced pictures lose their comb', () => {
  const film = filmOf(INTERLACED);
  expect(film.method).toBe('FULL');
  expect(film.picture).toMatchObject(FILM);
  expect(film.comb).toBeLessThan(30);
});

test('a film like ours is copied, also where it begins late', () => {
  for (const odd of [PLAIN, LATE]) {
    expect(filmOf(odd)).toMatchObject({ method: 'COPY', frames: 12, picture: FILM });
    expectFields(filmOf(odd).fields, ['red', 'green', 'blue', 'grey'], CLOSE);
  }
});

test('a large film of the right size that is silent about its colours is copied, and the film tells them', () => {
  expect(largeFilm).toMatchObject({ method: 'COPY', frames: 12, picture: FILM });
  expectFields(largeFilm?.fields ?? [], ['red', 'green', 'blue', 'grey'], CLOSE);
});

test('frames that a film hides at its beginning are not shown', () => {
  expect(filmOf(HIDING)).toMatchObject({ method: 'FULL', frames: 9 });
});

test('whatever sound a film has, its film has AAC-LC in stereo at 48 kHz, and mono is as loud on both sides', () => {
  for (const odd of [PLAIN, MONO, STEREO, SURROUND]) {
    expect(filmOf(odd).sound).toEqual({ profile: 1, sampleRate: 48_000, channels: 2 });
  }
  expect(filmOf(MONO).loudness).toBeCloseTo(filmOf(STEREO).loudness, 1);
  expect(filmOf(STEREO).loudness).toBeCloseTo(0.35, 1);
});
