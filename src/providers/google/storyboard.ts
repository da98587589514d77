import { type Quote, type Receipt, receiptOf } from '../price.ts';
import type { CallOptions } from '../capabilities/capability.ts';
import type { StoryboardRequest, WrittenStoryboard } from '../capabilities/storyboard.ts';
import { ProviderError } from '../provider-error.ts';
import type { GoogleClient } from './client.ts';
import { askContent } from './content.ts';
import { parseJson } from './json-walk.ts';
import { sceneRange } from '../scene-range.ts';
import { ANSWER_SCHEMA, briefOf, INSTRUCTION, instructionWithSchema } from './storyboard-request.ts';

/** Most tokens of an answer, thinking included: fifteen scenes take about six thousand, in other scripts three times that. */
const MOST_TOKENS = 32_768;
/** The most that these models have (ai.google.dev/gemini-api/docs/models, 2026-10), for an answer after one that was cut off. */
const ALL_TOKENS = 65_536;

const roomOf = ({ before }: Pick<StoryboardRequest, 'before'>): number =>
  before?.needsRoom === true ? ALL_TOKENS : MOST_TOKENS;

/** Buys a storyboard; the answer is the model's JSON, or its text where it is none. */
export async function writeStoryboard(
  client: GoogleClient,
  request: StoryboardRequest,
  options: CallOptions,
): Promise<WrittenStoryboard & Receipt> {
  try {
    return await ask(client, request, options, true);
  } catch (error) {
    if (!isOfSchema(error)) throw error;
    // Nothing was charged: the same is asked for with the schema in words.
    return ask(client, request, options, false);
  }
}

async function ask(
  client: GoogleClient,
  request: StoryboardRequest,
  { signal }: CallOptions,
  hasSchema: boolean,
): Promise<WrittenStoryboard & Receipt> {
  const { ThinkingLevel } = await import('@google/genai');
  const told = await askContent(
    client,
    {
      model: client.settings.models.STORYBOARD,
      wanted: 'TEXT',
      parts: [{ text: briefOf(request) }, { text: request.prompt }],
      config: {
        systemInstruction: hasSchema ? INSTRUCTION : instructionWithSchema(),
        // The least that these models do: MINIMAL is refused (recorded 2026-10-09).
        thinkingConfig: { thinkingLevel: ThinkingLevel.LOW },
        maxOutputTokens: roomOf(request),
        responseMimeType: 'application/json',
        ...(hasSchema && { responseJsonSchema: ANSWER_SCHEMA }),
      },
    },
    signal,
  );
  if (told.verdict === 'PICTURE') throw new Error('A text was asked for, and a picture came.');
  const cut = told.verdict === 'CUT' ? told.words : null;
  return { answer: parseJson(told.text) ?? told.text, cut, ...receiptOf(told) };
}

/** How Google refuses a schema, or whatever else it does not say (public reports, 2026-09-26). */
const OF_SCHEMA = /too many states|request contains an invalid argument/i;

/** Whether a refusal may be one of the schema that was sent along. */
export const isOfSchema = (error: unknown): boolean =>
  error instanceof ProviderError && error.code === 'REQUEST_REJECTED' && OF_SCHEMA.test(error.message);

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
      MILLION_OUTPUT_TOKENS: roomOf(request) / 1_000_000,
    },
  };
}
