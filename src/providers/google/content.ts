/** Calls of `generateContent`, for text and for pictures, and what they have in common. */
import type { GenerateContentConfig, GenerateContentResponse, Part } from '@google/genai';
import type { Receipt, Usage } from '../price.ts';
import { ProviderError } from '../provider-error.ts';
import { makeCall } from './call.ts';
import { type GoogleClient, planOf } from './client.ts';
import type { GoogleModel } from './models.ts';

export type ContentOrder = {
  model: GoogleModel;
  parts: Part[];
  config: GenerateContentConfig;
};

/** What came back: the parts that are no thoughts, and why the model stopped. */
export type ContentAnswer = { parts: Part[]; finishReason: string | null; usage: Usage } & Pick<
  Receipt,
  'requestId'
>;

/**
 * Asks a model once.
 *
 * @throws {ProviderError} also where the safety filter refused the prompt or the answer.
 */
export async function askContent(
  client: GoogleClient,
  { model, parts, config }: ContentOrder,
  signal: AbortSignal,
): Promise<ContentAnswer> {
  const name = `Google ${model.name}`;
  const plan = { ...planOf(client, model.name), namesModel: true, paid: true };
  const { answer, requestId } = await makeCall(plan, signal, async () => {
    const sdk = await client.sdk(model);
    return sdk.models.generateContent({ model: model.name, contents: [{ role: 'user', parts }], config });
  });
  refuseBlocked(name, answer);
  const [candidate] = answer.candidates ?? [];
  return {
    parts: (candidate?.content?.parts ?? []).filter(({ thought }) => thought !== true),
    finishReason: candidate?.finishReason ?? null,
    usage: tokensOf(answer),
    requestId: requestId ?? answer.responseId ?? null,
  };
}

/** Ends that are a verdict on the content (reference of `FinishReason`, @google/genai 3.1.0). */
const BLOCKED_ENDS = new Set([
  'SAFETY',
  'RECITATION',
  'BLOCKLIST',
  'PROHIBITED_CONTENT',
  'SPII',
  'IMAGE_SAFETY',
  'IMAGE_PROHIBITED_CONTENT',
  'IMAGE_RECITATION',
]);

function refuseBlocked(name: string, { promptFeedback, candidates }: GenerateContentResponse): void {
  const [candidate] = candidates ?? [];
  const end = candidate?.finishReason;
  const reason =
    promptFeedback?.blockReason ?? (end !== undefined && BLOCKED_ENDS.has(end) ? end : undefined);
  if (reason === undefined) return;
  const words = promptFeedback?.blockReasonMessage ?? candidate?.finishMessage ?? '';
  throw new ProviderError('REFUSED', `${name}: blocked (${reason}). ${words}`.trim(), {
    code: 'PROMPT_BLOCKED',
  });
}

/** Thinking is charged as output (ai.google.dev/gemini-api/docs/pricing, 2026-10). */
function tokensOf({ usageMetadata }: GenerateContentResponse): Usage {
  const { promptTokenCount = 0, candidatesTokenCount = 0, thoughtsTokenCount = 0 } = usageMetadata ?? {};
  return {
    MILLION_INPUT_TOKENS: promptTokenCount / 1_000_000,
    MILLION_OUTPUT_TOKENS: (candidatesTokenCount + thoughtsTokenCount) / 1_000_000,
  };
}
