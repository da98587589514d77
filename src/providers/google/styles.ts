/** Visual styles in words for Google's models; the animatic's, so that a preview can be made real. */
export const STYLE_WORDS: Readonly<Record<string, string>> = {
  cinematic: 'cinematic live-action film, layered depth, motivated light, soft anamorphic glow, fine grain',
  noir: 'black-and-white film noir, hard single-source light, deep blacks, wet streets, coarse grain',
  neon: 'synthwave night, dark shapes edged in magenta and cyan light, wet reflections, faint haze',
  documentary: 'observational documentary, natural available light, honest muted color, light 16 mm grain',
  anime: 'hand-painted anime feature, crisp cel shading, painted skies, clean edges, bright rim light',
  watercolor: 'watercolor picture book, wet washes, pooled pigment, paper tooth, quiet palette',
};

/** A style in words; its own name where it has none. */
export const wordsOfStyle = (style: string): string => STYLE_WORDS[style] ?? style;
