import type { ApiContext } from './context.ts';

/** Absolute address of a stored file, on the origin the client came to; where keys are asked for, it opens without one for hours. */
export const mediaUrl = (
  { origin, mediaQuery }: Pick<ApiContext, 'origin' | 'mediaQuery'>,
  storageKey: string,
): string =>
  `${origin}/media/${storageKey.split('/').map(encodeURIComponent).join('/')}${mediaQuery(storageKey)}`;
