import type { ApiContext } from './context.ts';

/** Absolute address of a stored file, on the origin the client came to. */
export const mediaUrl = ({ origin }: ApiContext, storageKey: string): string =>
  `${origin}/media/${storageKey.split('/').map(encodeURIComponent).join('/')}`;
