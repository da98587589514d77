import { speechOf } from '../../providers/animatic/storyboard/narration.ts';
import { writeStoryboard } from '../../providers/animatic/storyboard/storyboard.ts';
import type { StoryboardRequest } from '../../providers/capabilities/storyboard.ts';
import type { Speech } from '../../providers/speech.ts';

/** Of a scene that is not written yet. */
export type ForeseenSpeech = Speech & { sceneIndex: number };

/** What the animatic will not speak as it stands of a prompt. */
export default function hearPrompt(request: StoryboardRequest): ForeseenSpeech[] {
  const { targetClipDuration: durationSeconds } = request;
  return writeStoryboard(request).scenes.flatMap(({ narration }, sceneIndex) => {
    if (narration === undefined) return [];
    const speech = speechOf({ narration, durationSeconds });
    return speech.why.length === 0 ? [] : [{ ...speech, sceneIndex }];
  });
}
