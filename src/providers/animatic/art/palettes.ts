import type { Color } from './color.ts';
import type { Hour, Style } from './recipe.ts';

/** The light of one style at one hour. */
export type Palette = {
  /** Zenith to horizon. */
  sky: readonly [Color, Color, Color, Color];
  /** Sun or moon, and the edges it lights. */
  light: Color;
  /** Air between the eye and the horizon. */
  haze: Color;
  far: Color;
  mid: Color;
  near: Color;
  /** Lamps, windows, fire. */
  lamp: Color;
};

const palette = (sky: string, light: Color, haze: Color, ramp: string, lamp: Color): Palette => {
  const [zenith = haze, high = haze, low = haze, horizon = haze] = sky.split(' ');
  const [far = haze, mid = haze, near = haze] = ramp.split(' ');
  return { sky: [zenith, high, low, horizon], light, haze, far, mid, near, lamp };
};

/** Every style at every hour: teal against orange, silver, synthwave, overcast stock, cel, washes. */
export const PALETTES: Readonly<Record<Style, Readonly<Record<Hour, Palette>>>> = {
  cinematic: {
    dawn: palette(
      '#1b3358 #5c7698 #dca695 #ffe0b4',
      '#fff0cf',
      '#cfa59a',
      '#7f86a3 #37466a #0c1526',
      '#ffd08a',
    ),
    day: palette(
      '#155274 #3f8aa8 #9cc8c6 #f2e0b8',
      '#fff4d8',
      '#b4cfc4',
      '#6799a8 #2a5a6b #081d28',
      '#ffd08a',
    ),
    dusk: palette(
      '#0a1433 #2c2b60 #b04c5a #ffb267',
      '#ffd9a0',
      '#c0636a',
      '#6f4270 #2c2449 #080916',
      '#ffc163',
    ),
    night: palette(
      '#030817 #0a1b38 #15385b #37698a',
      '#d3e8ff',
      '#2c5a79',
      '#1c4263 #0c2139 #03070f',
      '#ffbe5c',
    ),
  },
  noir: {
    dawn: palette(
      '#3a3d40 #75787b #b9bbbc #ececea',
      '#ffffff',
      '#c0c2c2',
      '#8d9093 #3e4144 #090a0b',
      '#ffffff',
    ),
    day: palette(
      '#2b2e31 #6a6e72 #b0b3b5 #e8e8e4',
      '#ffffff',
      '#b5b8ba',
      '#84888c #35383b #070809',
      '#ffffff',
    ),
    dusk: palette(
      '#090a0c #2a2c2f #6f7275 #d2d3d1',
      '#ffffff',
      '#7d8083',
      '#55585b #1d1f21 #030304',
      '#ffffff',
    ),
    night: palette(
      '#020203 #101113 #33363a #7b7f83',
      '#f7f9fb',
      '#4a4d51',
      '#2f3235 #121315 #010102',
      '#ffffff',
    ),
  },
  neon: {
    dawn: palette(
      '#1a0b4f #5b1fb0 #ff4fa0 #ffc46b',
      '#fff06b',
      '#b536b0',
      '#7a22b8 #2d0c6a #0b0330',
      '#2bf5ff',
    ),
    day: palette(
      '#16105e #4c22c0 #f04fb8 #ffd07a',
      '#fff06b',
      '#a83cc8',
      '#6a26c0 #2a0f72 #0b0434',
      '#2bf5ff',
    ),
    dusk: palette(
      '#0b0221 #3a0a6b #c2178f #ff8a3c',
      '#ffd23f',
      '#8a1c9a',
      '#5a1290 #260850 #080119',
      '#2bf5ff',
    ),
    night: palette(
      '#04021a #120a45 #46128a #b0209f',
      '#ff6fe0',
      '#5a1790',
      '#34107a #16063f #050114',
      '#2bf5ff',
    ),
  },
  documentary: {
    dawn: palette(
      '#8293a1 #b3b8b7 #dcc9b2 #f1e2c6',
      '#fff6dc',
      '#d3c6b4',
      '#9ea3a0 #626a63 #262b27',
      '#ffe2a8',
    ),
    day: palette(
      '#7f9fb3 #b0c4c9 #d8dacf #ece5d3',
      '#fffbe8',
      '#cfd2c6',
      '#9aaaa6 #5a6b61 #232b25',
      '#ffe2a8',
    ),
    dusk: palette(
      '#5f6d82 #9f9496 #d1a986 #edcc98',
      '#ffe6b8',
      '#c0a288',
      '#877e82 #4d4747 #1e1b18',
      '#ffd890',
    ),
    night: palette(
      '#151d27 #27333f #43505a #747b7c',
      '#dfe6e8',
      '#48545c',
      '#3d4a54 #222b31 #0d1114',
      '#ffd890',
    ),
  },
  anime: {
    dawn: palette(
      '#5a7ae0 #a8b4f0 #ffc8d0 #fff3cc',
      '#fffbe0',
      '#ffd6d4',
      '#a9a6e0 #5f72b8 #283a78',
      '#ffe27a',
    ),
    day: palette(
      '#1263d6 #3d9cf4 #98daff #eafbff',
      '#ffffff',
      '#bfe6fb',
      '#74b9e6 #2f9a72 #0f4d3c',
      '#ffe27a',
    ),
    dusk: palette(
      '#3a2a8c #a04ab0 #ff7d82 #ffd58c',
      '#fff0b0',
      '#ff9d90',
      '#b562ac #5b3a90 #241650',
      '#ffe27a',
    ),
    night: palette(
      '#0a1250 #1b2e8c #3a62c8 #8fc0f6',
      '#f4f8ff',
      '#5a86d8',
      '#3554b0 #182a74 #080e38',
      '#ffe27a',
    ),
  },
  watercolor: {
    dawn: palette(
      '#8fa6d4 #cdb6d6 #f7cdb8 #fdebc8',
      '#ffd27c',
      '#e6cfca',
      '#a5a6c6 #66709a #323c66',
      '#ef9a34',
    ),
    day: palette(
      '#4f9bd0 #97c8e4 #d9ebec #f8f0d8',
      '#ffd873',
      '#c9dedb',
      '#7fa9c4 #3f8474 #174a48',
      '#ef9a34',
    ),
    dusk: palette(
      '#5a62a8 #b97ba6 #f3a07e #fbdc9c',
      '#ffc861',
      '#e0a59c',
      '#9d74a4 #574579 #261f48',
      '#f39a2a',
    ),
    night: palette(
      '#14265a #2f4d86 #6c8cb8 #c3d2d8',
      '#fff2c8',
      '#7f9abb',
      '#4a68a0 #213a72 #0d1740',
      '#f6ac3c',
    ),
  },
};
