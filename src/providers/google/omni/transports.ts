/** How an interaction of Omni is asked for, as data: which way, for how long, and which is known to work where. */
import type { Surface } from '../models.ts';

export const TRANSPORTS = ['background', 'hold', 'stream'] as const;
/**
 * - `background`: it is accepted at once and read by its id.
 * - `hold`: the answer comes when the film is made. A connection that breaks before leaves a clip of which nobody knows.
 * - `stream`: events tell how it goes; the first has the id, and a stream that breaks is gone on with.
 */
export type Transport = (typeof TRANSPORTS)[number];

/** Longest until the whole answer is there, in seconds. Films were held for 20 to 80 (public reports until 2026-10). */
export const LIMIT_SECONDS: Readonly<Record<Transport, number>> = { background: 60, hold: 600, stream: 600 };

type Known = { order: readonly Transport[]; asOf: string; source: string };

/**
 * What is tried first where nothing was learnt yet: what others saw working last. Of 1.2 no call was found; it is asked
 * for as 1.1 is.
 */
export const KNOWN: Readonly<Record<Surface, Known>> = {
  GEMINI: {
    order: ['hold', 'stream', 'background'],
    asOf: '2026-10-06',
    source:
      'Six projects could not read background interactions with a key any more ("Multiple authentication credentials received", since 2026-10-03); held ones came through in three runs. Of streams nobody told.',
  },
  VERTEX: {
    order: ['background', 'hold', 'stream'],
    asOf: '2026-08-28',
    source:
      'Public code that calls it reads interactions by GET (the official reference names it) or by a POST without a body (pollinations, pull request 14083); nobody told of one that could not be read there.',
  },
};
