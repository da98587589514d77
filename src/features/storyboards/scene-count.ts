import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Project } from '../../generated/prisma/client.ts';
import { aside, moduleBeside } from '../../platform/aside/aside.ts';
import type { Actor } from '../../platform/context.ts';
import { MAX_SCENES } from '../../providers/storyboard-answer.ts';
import countBeats from './count-beats.task.ts';

type Asked = Pick<Project, 'prompt' | 'targetDuration' | 'targetClipDuration'>;
type Told = { prompt: string; targetDuration?: number | null | undefined };

const COUNTER = moduleBeside(import.meta.url, './count-beats.task');
/** Characters of a prompt that is read on the spot; the longest takes ten times as long, some milliseconds. */
const SHORT_PROMPT = 2_000;
/** Ours: what is estimated in a while; a few hundred bytes each. */
const MOST_COUNTED = 1_000;

/** Beats of long prompts, by a digest of them. */
const counted = new LRUCache<string, number>({ max: MOST_COUNTED });
/** Those that are being read: many ask for the same at once. */
const counting = new Map<string, Promise<number>>();
const nameOf = (prompt: string) => hash('sha256', prompt, 'base64');

/** Most scenes a storyboard may have: what the film's length asks for, else what any may have (DOMAIN, Studio step 1). */
export const mostScenes = ({ targetDuration, targetClipDuration }: Omit<Asked, 'prompt'>): number =>
  targetDuration === null ? MAX_SCENES : Math.min(MAX_SCENES, Math.ceil(targetDuration / targetClipDuration));

/**
 * Has a long prompt read beside the event loop, so that `expectedScenes` need not. Outside of transactions: it may have
 * to wait for its turn.
 *
 * @throws {DomainError} `OVERLOADED` if the actor has too much waiting already.
 */
export async function foreseeScenes({ prompt, targetDuration }: Told, { name }: Actor): Promise<void> {
  if (isForeseen({ prompt, targetDuration })) return;
  const digest = nameOf(prompt);
  const known = counting.get(digest);
  if (known) return void (await known);
  const beats = aside.do<number>(COUNTER, prompt, { whose: name, bytes: prompt.length });
  counting.set(digest, beats);
  try {
    counted.set(digest, await beats);
  } finally {
    counting.delete(digest);
  }
}

/** Whether `expectedScenes` takes no time. */
export const isForeseen = ({ prompt, targetDuration = null }: Told): boolean =>
  targetDuration !== null || prompt.length <= SHORT_PROMPT || counted.has(nameOf(prompt));

/** How many scenes a prompt will give; where no length is asked for, likely one a headed scene or a sentence. */
export function expectedScenes(asked: Asked): { low: number; likely: number; high: number } {
  const high = mostScenes(asked);
  if (asked.targetDuration !== null) return { low: high, likely: high, high };
  const { prompt } = asked;
  const written = (prompt.length > SHORT_PROMPT && counted.get(nameOf(prompt))) || countBeats(prompt);
  return { low: 1, likely: Math.min(high, Math.max(1, written)), high };
}
