export const ASPECT_RATIOS = ['16:9', '9:16', '1:1'] as const;
/** Shapes of a picture. */
export type AspectRatio = (typeof ASPECT_RATIOS)[number];

/** Pixels of a picture. */
export type Size = { width: number; height: number };
