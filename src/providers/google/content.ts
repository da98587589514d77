/** Calls of `generateContent`, for text and for pictures, and what they have in common. */
import type { GenerateContentConfig, Part } from '@google/genai';
import { type Receipt, receiptOf } from '../price.ts';
import { type FailureOutcome, type FailureCode, ProviderError } from '../provider-error.ts';
import { type CallPlan, hearAnswer, type HeardAnswer } from './call.ts';
import { type GoogleClient, planOf } from './client.ts';
import type { ContentVerdict, Wanted } from './content-verdict.ts';
import { field, parseJson, textOf } from './json-walk.ts';
import type { GoogleModel } from './models.ts';
import { billOf } from './content-bill.ts';
import { readContent } from './read-content.ts';

export type ContentOrder = {
  model: GoogleModel;
  wanted: Wanted;
  parts: Part[];
  config: GenerateContentConfig;
  /** Whether what was set aside is booked if no answer comes in time, to be asked again; else nobody knows. */
  isBookedUnanswered?: boolean;
};

/** What was asked for, or the part of a text that came of it. */
export type Content = Extract<ContentVerdict, { verdict: 'PICTURE' | 'TEXT' | 'CUT' }>;

/**
 * Asks a model once.
 *
 * @throws {ProviderError} for every other verdict, with the bill of an answer that is charged.
 */
export async function askContent(
  client: GoogleClient,
  { model, wanted, parts, config, isBookedUnanswered = false }: ContentOrder,
  signal: AbortSignal,
): Promise<Content & Receipt> {
  const plan = {
    ...planOf(client, model.name),
    namesModel: true,
    paid: true,
    ...(isBookedUnanswered && { unanswered: { usage: null, requestId: null } }),
  };
  const answer = await generate(client, plan, { model, parts, config }, signal);
  const body = parseJson(answer.text);
  const told = readContent(body, wanted);
  const bill = billOf(body, told);
  const requestId = answer.requestId ?? textOf(field(body, 'responseId'));
  const receipt = { usage: bill.usage, isEstimate: bill.says === 'ALL_BUT_KINDS', requestId };
  if (told.verdict === 'PICTURE' || told.verdict === 'TEXT' || told.verdict === 'CUT')
    return { ...told, ...receiptOf(receipt) };
  const isCharged = !bill.isFree && bill.says !== 'NOTHING';
  throw failureOf(told, `Google ${model.name}: ${told.words}`, isCharged ? { receipt } : {});
}

/** Sends a request once. @throws {ProviderError} for every answer that is none of success. */
export async function generate(
  client: GoogleClient,
  plan: CallPlan,
  { model, parts, config }: Pick<ContentOrder, 'model' | 'parts' | 'config'>,
  signal: AbortSignal,
): Promise<HeardAnswer> {
  const answer = await hearAnswer(plan, signal, async () => {
    const sdk = await client.sdk(model);
    return sdk.models.generateContent({ model: model.name, contents: [{ role: 'user', parts }], config });
  });
  if (answer.refusal) throw answer.refusal;
  return answer;
}

type Failure = Exclude<ContentVerdict, Content>;

/** What they mean for the next call, unless they name a cause; what is not known is told by its bill. */
const MEANINGS: Readonly<Record<Exclude<Failure['verdict'], 'NOT_KNOWN'>, [FailureOutcome, FailureCode]>> = {
  REFUSED_BY_SAFETY: ['REFUSED', 'PROMPT_BLOCKED'],
  REFUSED_AS_ASKED: ['REFUSED', 'REQUEST_REJECTED'],
  REFUSED_FOR_ALL: ['REFUSED', 'MODEL_NOT_FOUND'],
  TRY_AGAIN_LATER: ['NOT_ACCEPTED', 'PROVIDER_UNAVAILABLE'],
};

/** What a verdict means for the next call. @param bill of an answer that is charged, and says what it used, if perhaps not all of it. */
export function failureOf(told: Failure, message: string, bill: { receipt?: Receipt }): ProviderError {
  if (told.verdict === 'NOT_KNOWN')
    return new ProviderError(bill.receipt ? 'IN_VAIN' : 'UNKNOWN', message, bill);
  const [outcome, usual] = MEANINGS[told.verdict];
  const code = 'code' in told ? told.code : usual;
  const isChance = 'isChance' in told && told.isChance;
  return new ProviderError(outcome, message, { code, isChance, ...bill });
}
