import type { Quote, Receipt } from '../price.ts';
import type { CallOptions, StoryboardRequest } from '../provider.ts';
import type { GoogleClient } from './client.ts';
import { askContent } from './content.ts';
import { parseJson } from './json-walk.ts';
import { sceneRange } from '../scene-range.ts';
import { ANSWER_SCHEMA, briefOf, INSTRUCTION } from './storyboard-request.ts';

/** Most tokens of an answer, thinking included: fifteen scenes take about six thousand, in other scripts three times that. */
const MAX_OUTPUT_TOKENS = 32_768;

/** Buys a storyboard; the answer is the model's JSON, or its text where it is none. */
export async function writeStoryboard(
  client: GoogleClient,
  request: StoryboardRequest,
  { signal }: CallOptions,
): Promise<{ answer: unknown } & Receipt> {
  const { ThinkingLevel } = await import('@google/genai');
  const { parts, usage, requestId } = await askContent(
    client,
    {
      model: client.settings.models.STORYBOARD,
      parts: [{ text: briefOf(request) }, { text: request.prompt }],
      config: {
        systemInstruction: INSTRUCTION,
        // The least that these models do: MINIMAL is refused (recorded 2026-10-09).
        thinkingConfig: { thinkingLevel: ThinkingLevel.LOW },
        maxOutputTokens: MAX_OUTPUT_TOKENS,
        responseMimeType: 'application/json',
        responseJsonSchema: ANSWER_SCHEMA,
      },
    },
    signal,
  );
  const text = parts.map((part) => part.text ?? '').join('');
  return { answer: parseJson(text) ?? text, usage, requestId };
}

/** Characters of a token: about four in English, one or two elsewhere. */
const CHARACTERS_PER_TOKEN = { likely: 4, least: 1 };
/** Tokens of what is said around the prompt, measured by its length. */
const FRAME_TOKENS = 1_000;
/** Tokens of a scene in the answer, and of thinking before it. */
const SCENE_TOKENS = 400;
const THINKING_TOKENS = 1_000;

/** What a storyboard uses, by the length of its prompt and the scenes it may have. */
export function quoteStoryboard(request: StoryboardRequest): Quote {
  const input = (characters: number) => (FRAME_TOKENS + request.prompt.length / characters) / 1_000_000;
  const { max } = sceneRange(request);
  return {
    resolution: null,
    likely: {
      MILLION_INPUT_TOKENS: input(CHARACTERS_PER_TOKEN.likely),
      MILLION_OUTPUT_TOKENS: (THINKING_TOKENS + max * SCENE_TOKENS) / 1_000_000,
    },
    most: {
      MILLION_INPUT_TOKENS: input(CHARACTERS_PER_TOKEN.least),
      MILLION_OUTPUT_TOKENS: MAX_OUTPUT_TOKENS / 1_000_000,
    },
  };
}
