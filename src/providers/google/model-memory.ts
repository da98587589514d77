/** What Google said of its models, remembered by this process. */
import type { ModelStanding, Standing } from '../model-standing.ts';
import type { CallOptions } from '../capabilities/capability.ts';
import { askForModel } from './ask-model.ts';
import type { GoogleClient } from './client.ts';
import type { GoogleModel } from './models.ts';

/** Milliseconds that an answer holds: one that is mended meanwhile is not to be waited for. */
const HOLDS_MS: Readonly<Record<Standing, number>> = {
  LIVE: 3_600_000,
  REFUSED: 30_000,
  NOT_KNOWN: 30_000,
};

type Memory = { standing: Promise<ModelStanding>; until: number };

export type ModelMemory = {
  /** What is said of a model; asked anew once the last answer has grown old. Never rejects. */
  of(model: GoogleModel): Promise<ModelStanding>;
  /** The next question is asked anew: a purchase has shown that it may no longer be so. */
  forget(model: GoogleModel): void;
};

/**
 * Opens a memory of its own; questions that are asked while one is on its way wait for that.
 *
 * @param now milliseconds since 1970.
 */
export function openModelMemory(client: GoogleClient, now: () => number = Date.now): ModelMemory {
  const memories = new Map<string, Memory>();
  const ask = (model: GoogleModel): Promise<ModelStanding> => {
    const memory: Memory = { standing: askForModel(client, model, UNSTOPPED), until: Infinity };
    memories.set(model.name, memory);
    void memory.standing.then(({ standing }) => (memory.until = now() + HOLDS_MS[standing]));
    return memory.standing;
  };
  return {
    of(model) {
      const known = memories.get(model.name);
      return known && now() < known.until ? known.standing : ask(model);
    },
    forget: (model) => void memories.delete(model.name),
  };
}

/** It has a time limit of its own, and is for whoever asks next too. */
const UNSTOPPED: CallOptions = { signal: new AbortController().signal };

/** The first model that is there, asked for one after the other; what is said of the first of them where none is. */
export async function anyLive(asks: (() => Promise<ModelStanding>)[]): Promise<ModelStanding> {
  const standings: ModelStanding[] = [];
  for (const ask of asks) {
    const standing = await ask();
    if (standing.standing === 'LIVE') return standing;
    standings.push(standing);
  }
  const [first] = standings;
  if (!first) throw new Error('No model is asked for.');
  return first;
}
