import type { Style } from '../art/recipe.ts';

/** How a style looks, in words that any image model understands. */
export type StyleGuide = { visualStyle: string; colorPalette: string; cameraStyle: string; short: string };

/** The style guide of each style. */
export const STYLE_GUIDES: Readonly<Record<Style, StyleGuide>> = {
  cinematic: {
    short: 'cinematic film still',
    visualStyle:
      'Cinematic feature film: layered depth, silhouettes against a low sun, warm haze, soft anamorphic glow, fine grain.',
    colorPalette: 'Teal and midnight shadows against amber and rose light; one warm lamp in every frame.',
    cameraStyle: 'Slow, motivated moves on a dolly; long lenses for people, wide lenses for places.',
  },
  noir: {
    short: 'black-and-white film noir still',
    visualStyle:
      'Film noir: hard single-source light, deep blacks, silver rims, wet streets, slatted shadows, coarse grain.',
    colorPalette: 'Black, charcoal and silver; one note of signal red in the titles, none in the picture.',
    cameraStyle: 'Low and high angles, slow creeping dollies, frames within frames.',
  },
  neon: {
    short: 'neon synthwave illustration',
    visualStyle: 'Synthwave: dark shapes edged in light, striped sun, grid floor, glow and faint scan lines.',
    colorPalette: 'Violet night, hot magenta, sunset orange and electric cyan edges.',
    cameraStyle: 'Smooth gliding moves along one axis, symmetrical frames, long push-ins.',
  },
  documentary: {
    short: 'observational documentary still',
    visualStyle:
      'Observational documentary: natural available light, honest muted color, light 16 mm grain, plain lower thirds.',
    colorPalette: 'Overcast greys, faded greens and straw; nothing saturated.',
    cameraStyle: 'Patient tripod frames, gentle pans that follow what happens, close details.',
  },
  anime: {
    short: 'hand-painted anime background with cel shading',
    visualStyle:
      'Anime feature: crisp cel shading, painted skies with towering clouds, clean edges, bright rim light.',
    colorPalette:
      'Clear azure, cloud white and leaf green by day; violet and peach at dusk; cobalt at night.',
    cameraStyle: 'Sweeping pans over painted skies, tilts that reveal scale, still close-ups.',
  },
  watercolor: {
    short: 'watercolor painting on rough paper',
    visualStyle:
      'Watercolor picture book: wet washes, pooled pigment at the edges, paper tooth, a torn-edged plate on cream paper.',
    colorPalette: 'Muted indigo, sage and rose washes with a touch of warm ochre; the paper stays visible.',
    cameraStyle: 'Quiet drifts and slow push-ins, as if turning the page of a picture book.',
  },
};
