/** What a text model is told and asked for a storyboard. */
import type { StoryboardRequest } from '../capabilities/storyboard.ts';
import { sceneRange } from '../scene-range.ts';
import { MAX_WORDS } from '../storyboard-answer.ts';
import { wordsOfStyle } from './styles.ts';

/** The rules of a storyboard (DOMAIN, Studio step 1). */
export const INSTRUCTION = [
  'You are a film director and storyboard artist. Break what the user asks for into scenes, one shot each.',
  'Every start, end and motion prompt is read alone by another model that knows nothing else: describe characters, place, light, style, framing and camera in full each time, with the same words for the same things.',
  "Write everything but the narration in English, whatever the language of the user's text: the models that read it know no other. Names stay as they are.",
  'The end frame of a scene is the start frame of the next one: describe both alike.',
  'Start and end frame of a scene show the same place and characters, as far apart as the shot can move in its length.',
  'Motion prompts tell what moves and how the camera moves. No text, captions, logos or watermarks in any picture.',
  "Write narration only where it carries the story; it must be speakable within the scene's length, in the language of the user's text.",
  `No text has more than ${MAX_WORDS} characters.`,
].join('\n');

/** The rules where the schema cannot be sent along: its shape in words. */
export const instructionWithSchema = (): string =>
  `${INSTRUCTION}\nAnswer with JSON alone that fits this schema: ${JSON.stringify(ANSWER_SCHEMA)}`;

/** The frame around the user's own words. */
export function briefOf(request: StoryboardRequest): string {
  const { min, max } = sceneRange(request);
  const count =
    min === max
      ? `Exactly ${max} scene${max === 1 ? '' : 's'}`
      : `As many scenes as it needs, at most ${max}`;
  return [
    `${count}, each ${request.targetClipDuration} seconds long, aspect ratio ${request.aspectRatio}.`,
    `Style: ${wordsOfStyle(request.style)}.`,
    ...(request.before ? [`An answer before this one was of no use. ${request.before.problem}`] : []),
    'The film:',
  ].join('\n');
}

function words(description: string) {
  return { type: 'string', description };
}

/**
 * The answer's shape, as `readStoryboard` reads it. How many scenes it has and which numbers it may hold is said in words
 * and looked at when it is read: a schema with such bounds may be refused as one of "too many states" (an incident of
 * 2026-09-26; public reports until 2026-10).
 */
export const ANSWER_SCHEMA: object = answerSchema();

function answerSchema(): object {
  const styleGuide = {
    visual_style: words('Look of the whole film.'),
    color_palette: words('Its colors.'),
    camera_style: words('How its camera behaves.'),
  };
  const scene = {
    scene_index: { type: 'integer', description: 'From 0.' },
    scene_description: words('What happens.'),
    start_frame_prompt: words('First frame, for an image model.'),
    end_frame_prompt: words('Last frame, for an image model.'),
    video_motion_prompt: words('What moves between the two, for a video model.'),
    transition_notes: words('How it goes over into the next scene.'),
  };
  return object({
    style_guide: object(styleGuide),
    scenes: {
      type: 'array',
      items: object(
        { ...scene, narration: words('What a narrator says; leave out for none.') },
        Object.keys(scene),
      ),
    },
  });
}

function object(properties: Record<string, object>, required = Object.keys(properties)) {
  return { type: 'object', properties, required };
}
