/** What of a film's narration will not be spoken as it stands. */
import type { Ctx } from '../../../platform/context.ts';
import { foreseenSpeech } from '../../storyboards/foresight.ts';
import type { ForeseenSpeech } from '../../storyboards/hear-prompt.task.ts';
import { visibleScenes } from '../../storyboards/scene.ts';
import { isToTell, speechOf, tellSpeech } from '../../storyboards/speech.ts';
import type { EstimateWarning } from './estimate-warnings.ts';
import { type FilmDone, needsVideoClip } from '../film/film-work.ts';

/** Of the scenes that still lack their clip; of a film without a storyboard what its prompt tells, if it does. */
export function narrationWarnings(film: FilmDone): EstimateWarning[] {
  if (film.scenes.length === 0) return tell(foreseenSpeech(film));
  const open = film.scenes.filter(needsVideoClip);
  return tell(
    open.map(({ sceneIndex = 0, narration = null, softening = 0 }) => ({
      sceneIndex,
      ...speechOf({ narration, softening }, film),
    })),
  );
}

/** Of one scene of the actor's, as it is now; none of one that is gone. */
export async function warningsOfScene({ db, actor }: Ctx, sceneId: string): Promise<EstimateWarning[]> {
  const where = { id: sceneId, ...visibleScenes(actor) };
  const scene = await db.scene.findFirst({ where, include: { project: true } });
  return scene ? tell([{ sceneIndex: scene.sceneIndex, ...speechOf(scene, scene.project) }]) : [];
}

/** Scenes of which the same is to be told are told of together. */
function tell(speeches: readonly ForeseenSpeech[]): EstimateWarning[] {
  const scenesOf = new Map<string, number[]>();
  for (const speech of speeches.filter(isToTell)) {
    const told = tellSpeech(speech);
    scenesOf.set(told, [...(scenesOf.get(told) ?? []), speech.sceneIndex + 1]);
  }
  return [...scenesOf].map(([told, numbers]) => ({
    code: 'NARRATION_NOT_SPOKEN',
    message: `Scene${numbers.length > 1 ? 's' : ''} ${numbers.join(', ')}: ${told}`,
  }));
}
