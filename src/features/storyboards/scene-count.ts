import type { Project } from '../../generated/prisma/client.ts';
import { moduleBeside } from '../../platform/aside/aside.ts';
import type { Actor } from '../../platform/context.ts';
import { MAX_SCENES } from '../../providers/storyboard-answer.ts';
import countBeats from './count-beats.task.ts';
import { PromptReader } from './prompt-reader.ts';

type Asked = Pick<Project, 'prompt' | 'targetDuration' | 'targetClipDuration'>;
type Told = { prompt: string; targetDuration?: number | null | undefined };

const counter = new PromptReader(moduleBeside(import.meta.url, './count-beats.task'), countBeats);

/** Most scenes a storyboard may have: what the film's length asks for, else what any may have (DOMAIN, Studio step 1). */
export const mostScenes = ({ targetDuration, targetClipDuration }: Omit<Asked, 'prompt'>): number =>
  targetDuration === null ? MAX_SCENES : Math.min(MAX_SCENES, Math.ceil(targetDuration / targetClipDuration));

/**
 * Has a long prompt read beside the event loop, so that `expectedScenes` need not. Outside of transactions: it may have
 * to wait for its turn.
 *
 * @throws {DomainError} `OVERLOADED` if the actor has too much waiting already.
 */
export async function foreseeScenes({ prompt, targetDuration = null }: Told, actor: Actor): Promise<void> {
  if (targetDuration === null) await counter.foresee({ prompt }, actor);
}

/** Whether `expectedScenes` takes no time. */
export const areScenesForeseen = ({ prompt, targetDuration = null }: Told): boolean =>
  targetDuration !== null || counter.isKnown({ prompt });

/** How many scenes a prompt will give; where no length is asked for, likely one a headed scene or a sentence. */
export function expectedScenes(asked: Asked): { low: number; likely: number; high: number } {
  const high = mostScenes(asked);
  if (asked.targetDuration !== null) return { low: high, likely: high, high };
  const written = counter.read({ prompt: asked.prompt });
  return { low: 1, likely: Math.min(high, Math.max(1, written)), high };
}
