import type { Project } from '../../generated/prisma/client.ts';
import { beatsOf, readScript } from '../../providers/animatic/storyboard/read-script.ts';
import { MAX_SCENES } from '../../providers/storyboard-answer.ts';

type Asked = Pick<Project, 'prompt' | 'targetDuration' | 'targetClipDuration'>;

/** Most scenes a storyboard may have: what the film's length asks for, else what any may have (DOMAIN, Studio step 1). */
export const mostScenes = ({ targetDuration, targetClipDuration }: Omit<Asked, 'prompt'>): number =>
  targetDuration === null ? MAX_SCENES : Math.min(MAX_SCENES, Math.ceil(targetDuration / targetClipDuration));

/** How many scenes a prompt will give; where no length is asked for, likely one a headed scene or a sentence. */
export function expectedScenes(asked: Asked): { low: number; likely: number; high: number } {
  const high = mostScenes(asked);
  if (asked.targetDuration !== null) return { low: high, likely: high, high };
  const written = beatsOf(readScript(asked.prompt)).length;
  return { low: 1, likely: Math.min(high, Math.max(1, written)), high };
}
