/** How an interaction of Omni is asked for, as data: which way, for how long, and which is known to work where. */
import type { Surface } from '../models.ts';

export const TRANSPORTS = ['background', 'hold', 'stream'] as const;
/**
 * - `background`: it is accepted at once and read by its id.
 * - `hold`: the answer comes when the film is made. A connection that breaks before leaves a clip of which nobody knows.
 * - `stream`: events tell how it goes; the first has the id, and a stream that breaks is gone on with.
 */
export type Transport = (typeof TRANSPORTS)[number];

/** Whether its name is known long before the film: a worker that is stopped leaves a clip that is asked about by it. */
export const SURVIVES_A_STOP: Readonly<Record<Transport, boolean>> = {
  background: true,
  hold: false,
  stream: true,
};

/** Longest until the whole answer is there, in seconds. Films were held for 20 to 80 (public reports until 2026-10). */
export const LIMIT_SECONDS: Readonly<Record<Transport, number>> = { background: 60, hold: 600, stream: 600 };

type Known = { order: readonly Transport[]; asOf: string; source: string };

/**
 * What is tried first where nothing was learnt yet: the first is known to work; of several such, one that survives a stop. Of
 * 1.2 no call by ways of ours was found; it is asked for as 1.1 is.
 */
export const KNOWN: Readonly<Record<Surface, Known>> = {
  GEMINI: {
    order: ['stream', 'hold', 'background'],
    asOf: '2026-11-29',
    source:
      'A stream of 1.1 was recorded with its film in it, in the events of @google/genai (vercel/ai, video-response-format.chunks.txt, 2026-08-28), and is documented for 1.2 (vercel.com/changelog, 2026-11). Held answers came through in three runs (2026-10-06). Six projects could not read background interactions with a key any more ("Multiple authentication credentials received", since 2026-10-03).',
  },
  VERTEX: {
    order: ['background', 'hold', 'stream'],
    asOf: '2026-08-28',
    source:
      'Public code that calls it reads interactions by GET (the official reference names it) or by a POST without a body (pollinations, pull request 14083); nobody told of one that could not be read there.',
  },
};
