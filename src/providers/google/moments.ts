import type { CallOptions } from '../capabilities/capability.ts';
import type { ChosenMoments, MomentsRequest } from '../capabilities/moments.ts';
import { type Quote, type Receipt, receiptOf } from '../price.ts';
import type { GoogleClient } from './client.ts';
import { askContent } from './content.ts';
import { parseJson } from './json-walk.ts';
import { isOfSchema } from './storyboard.ts';

/** Most tokens of an answer, thinking included: a hundred parts take some eight thousand, and thoughts up to twenty (measured by others). */
const MOST_TOKENS = 32_768;
/** All that these models have, for an answer after one that was cut off. */
const ALL_TOKENS = 65_536;

const roomOf = ({ needsRoom }: Pick<MomentsRequest, 'needsRoom'>): number =>
  needsRoom ? ALL_TOKENS : MOST_TOKENS;

/** Buys a choice of the model that writes storyboards. */
export async function chooseMoments(
  client: GoogleClient,
  request: MomentsRequest,
  options: CallOptions,
): Promise<ChosenMoments & Receipt> {
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
  request: MomentsRequest,
  { signal }: CallOptions,
  hasSchema: boolean,
): Promise<ChosenMoments & Receipt> {
  const { ThinkingLevel } = await import('@google/genai');
  const { rules, question, sentences, schema, temperature, topP, topK } = request;
  const inWords = `${rules}\nAnswer with JSON alone that fits this schema: ${JSON.stringify(schema)}`;
  const told = await askContent(
    client,
    {
      model: client.settings.models.STORYBOARD,
      wanted: 'TEXT',
      parts: [{ text: question }, { text: sentences }],
      config: {
        systemInstruction: hasSchema ? rules : inWords,
        // The least that these models do: MINIMAL is refused (recorded 2026-10-09).
        thinkingConfig: { thinkingLevel: ThinkingLevel.LOW },
        maxOutputTokens: roomOf(request),
        responseMimeType: 'application/json',
        ...(temperature !== null && { temperature }),
        ...(topP !== null && { topP }),
        ...(topK !== null && { topK }),
        ...(hasSchema && { responseJsonSchema: schema }),
      },
    },
    signal,
  );
  if (told.verdict === 'PICTURE') throw new Error('A text was asked for, and a picture came.');
  const cut = told.verdict === 'CUT' ? told.words : null;
  return { answer: parseJson(told.text) ?? told.text, cut, ...receiptOf(told) };
}

/** Characters of a token: about four in English, one or two elsewhere. */
const CHARACTERS_PER_TOKEN = { likely: 4, least: 1 };
/** Tokens of a part in the answer, and of thinking before it. */
const MOMENT_TOKENS = 80;
const THINKING_TOKENS = 3_000;
/** Of the schema. */
const FRAME_TOKENS = 500;

/** What choosing uses, by the length of the talk and the parts there may be. */
export function quoteMoments(request: MomentsRequest): Quote {
  const { rules, question, sentences, mostMoments } = request;
  const length = rules.length + question.length + sentences.length;
  const input = (characters: number) => (FRAME_TOKENS + length / characters) / 1_000_000;
  return {
    resolution: null,
    likely: {
      MILLION_INPUT_TOKENS: input(CHARACTERS_PER_TOKEN.likely),
      MILLION_OUTPUT_TOKENS: (THINKING_TOKENS + mostMoments * MOMENT_TOKENS) / 1_000_000,
    },
    most: {
      MILLION_INPUT_TOKENS: input(CHARACTERS_PER_TOKEN.least),
      MILLION_OUTPUT_TOKENS: roomOf(request) / 1_000_000,
    },
  };
}
