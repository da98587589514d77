/** What a prompt alone tells of its film, before there is a storyboard. */
import type { Project } from '../../generated/prisma/client.ts';
import { moduleBeside } from '../../platform/aside/aside.ts';
import type { Actor } from '../../platform/context.ts';
import type { AspectRatio } from '../../providers/aspect-ratio.ts';
import type { StoryboardRequest } from '../../providers/capabilities/storyboard.ts';
import { requireCapability } from '../../providers/registry.ts';
import hearPrompt, { type ForeseenSpeech } from './hear-prompt.task.ts';
import { PromptReader } from './prompt-reader.ts';
import { areScenesForeseen, foreseeScenes, mostScenes } from './scene-count.ts';

/** What of a project its storyboard is asked for with. */
export type Asked = Pick<
  Project,
  'prompt' | 'style' | 'aspectRatio' | 'targetClipDuration' | 'targetDuration'
>;
type Film = Asked & Pick<Project, 'provider'>;

/** What a provider is asked for first. */
export const storyboardRequest = (project: Asked): StoryboardRequest => ({
  prompt: project.prompt,
  style: project.style,
  aspectRatio: project.aspectRatio as AspectRatio,
  targetClipDuration: project.targetClipDuration,
  targetDuration: project.targetDuration,
  maxScenes: mostScenes(project),
});

const listener = new PromptReader(moduleBeside(import.meta.url, './hear-prompt.task'), hearPrompt);

/** Only what follows from the prompt by rules is known before a model has written it. */
const isKnown = ({ provider }: Film): boolean =>
  requireCapability(provider, 'STORYBOARD').writesByRules === true;

/**
 * Has a long prompt read beside the event loop, so that nothing of it need be read on it. Outside of transactions: it may
 * have to wait for its turn.
 *
 * @throws {DomainError} `OVERLOADED` if the actor has too much waiting already.
 */
export async function foresee(film: Film, actor: Actor): Promise<void> {
  await foreseeScenes(film, actor);
  if (isKnown(film)) await listener.foresee(storyboardRequest(film), actor);
}

/** Whether all of it is known. */
export const isForeseen = (film: Film): boolean =>
  areScenesForeseen(film) && (!isKnown(film) || listener.isKnown(storyboardRequest(film)));

/** Scenes of which it is known before they are written that their narration will not be spoken as it stands. */
export const foreseenSpeech = (film: Film): ForeseenSpeech[] =>
  isKnown(film) ? listener.read(storyboardRequest(film)) : [];
