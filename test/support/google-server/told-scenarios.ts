/**
 * Scenarios of what the facts tell without a recorded answer (`told`: words and codes are Google's, forms are documented;
 * read 2026-11-29 in public material of people who called it).
 */
import type { Money, Place, Scenario } from './scenario.ts';

const once = (
  name: string,
  at: Place,
  money: Money,
  status: number,
  body: unknown,
  more: Partial<Scenario> = {},
): Scenario => ({ name, at, money, says: [{ status, body }], ...more });

/** Codes of blocks (ai.google.dev, API errors of Interactions, 2026-09-20). */
const BLOCK_CODES = [
  'safety',
  'recitation',
  'language',
  'prohibited_content',
  'spii',
  'blocklist',
  'image_safety',
  'image_prohibited_content',
  'image_recitation',
  'image_other',
  'content_blocked',
];

const interaction = (status: string, more: object) => ({
  id: 'v1_REDACTED',
  object: 'interaction',
  model: 'gemini-omni-1.1-flash',
  status,
  ...more,
});

const omniPoll = (name: string, money: Money, status: number, body: unknown, more: Partial<Scenario> = {}) =>
  once(`omni ${name}`, 'POLL', money, status, body, more);

const omniError = (status: number, code: string, message: string, at: Place = 'POLL', name = message) =>
  once(`omni ${at} ${name}`, at, at === 'SUBMIT' ? 'FREE' : 'NOBODY_KNOWS', status, {
    error: { message, code },
  });

const SAID_BLOCKED = 'Unable to show the generated video. Try rephrasing the prompt.';
const OVER_QUOTA =
  'You exceeded your current quota, please check your plan and billing details. * Quota exceeded for metric: generativelanguage.googleapis.com/generate_content_paid_tier_2_requests, limit: 8, model: gemini-omni-1.1-flash Please retry in 23.397s.';

const OMNI: Scenario[] = [
  ...BLOCK_CODES.map((code) =>
    omniPoll(
      `failed ${code}`,
      'NOBODY_KNOWS',
      200,
      interaction('failed', { errors: [{ code, message: SAID_BLOCKED }] }),
    ),
  ),
  omniPoll(
    'failed, error at the top',
    'NOBODY_KNOWS',
    200,
    interaction('failed', { error: { code: 'content_blocked', message: SAID_BLOCKED } }),
  ),
  omniPoll(
    'failed, error of a step',
    'NOBODY_KNOWS',
    200,
    interaction('failed', {
      steps: [{ type: 'model_output', error: { code: 'prohibited_content', message: SAID_BLOCKED } }],
    }),
  ),
  omniPoll('blocked for prohibited content', 'NOBODY_KNOWS', 400, {
    error: { message: 'Request blocked due to prohibited content guidelines.', code: 'prohibited_content' },
  }),
  omniPoll(
    'too many requests in a 200',
    'NOBODY_KNOWS',
    200,
    { error: { message: OVER_QUOTA, code: 'too_many_requests' } },
    { atOnce: true },
  ),
  omniPoll(
    'too many reads',
    'SOLD',
    429,
    { error: { message: 'Resource exhausted. Please retry in 1s.', code: 'rate_limit_exceeded' } },
    { passes: true },
  ),
  omniPoll(
    'failed to generate',
    'NOBODY_KNOWS',
    200,
    interaction('failed', {
      errors: [{ code: 'internal', message: 'failed to generate asset, please retry' }],
    }),
  ),
  ...['failed', 'cancelled', 'incomplete', 'budget_exceeded'].map((status) =>
    omniPoll(`${status} without a word`, 'NOBODY_KNOWS', 200, interaction(status, { steps: [] })),
  ),
  ...['queued', 'requires_action', 'requires_continuation', 'a_new_word'].map((status) =>
    omniPoll(`${status} for a while`, 'SOLD', 200, interaction(status, { steps: [] }), { passes: true }),
  ),
  omniPoll('completed with nothing', 'NOBODY_KNOWS', 200, interaction('completed', { steps: [] })),
  omniError(400, 'invalid_request', "Unknown parameter 'seed'.", 'SUBMIT'),
  omniError(
    400,
    'invalid_request',
    'previous_interaction_id is not allowed when video task is set',
    'SUBMIT',
  ),
  omniError(400, 'invalid_request', 'Unable to process input image', 'SUBMIT'),
  omniError(
    400,
    'invalid_request',
    'Requested video duration 2s 0ns is less than the minimum allowed 3s 0ns',
    'SUBMIT',
  ),
  omniError(
    503,
    'unavailable',
    'This model is currently experiencing high demand. Spikes in demand are usually temporary. Please try again later.',
    'SUBMIT',
    'high demand',
  ),
  once('omni SUBMIT an error with an id', 'SUBMIT', 'NOBODY_KNOWS', 500, {
    id: 'v1_REDACTED',
    error: { message: 'An internal error occurred.', code: 'internal' },
  }),
  once(
    'omni SUBMIT failed at once',
    'SUBMIT',
    'NOBODY_KNOWS',
    200,
    interaction('failed', { errors: [{ code: 'content_blocked', message: SAID_BLOCKED }] }),
  ),
];

const NAME = 'projects/p/locations/us-central1/publishers/google/models/veo-3.1-generate-001/operations/0';
const veoError = (name: string, code: number, message: string, money: Money = 'FREE') =>
  once(`veo error ${name}`, 'POLL', money, 200, { name: NAME, done: true, error: { code, message } });
const veoFilter = (name: string, response: object) =>
  once(`veo filter ${name}`, 'POLL', 'FREE', 200, { name: NAME, done: true, response });

const THIRD_PARTY =
  'Veo could not generate videos due to the interests of third-party content providers. Please edit your prompt and try again. Support codes: 35561574';
const NOT_BASED =
  'Veo could not generate 1 videos based on the prompt provided. You will not be charged for this request. Support codes: 42237218';
const CHILDREN = "Sorry, we can't create videos from input images containing photorealistic children.";
const INTERNAL =
  'Video generation failed due to an internal server issue. Please try again in a few minutes. If the problem persists, please contact Gemini API support.';

/** Support codes and what they are about (Vertex AI, Responsible AI for Veo, 2026-11). */
const SUPPORT_CODES = [
  17301594, 29310472, 15236754, 42237218, 22137204, 29578790, 42876398, 89371032, 49114662, 35561574,
  35561575, 90789179, 43188360, 32635315,
];

const VEO: Scenario[] = [
  veoError('third party', 3, THIRD_PARTY),
  veoError('not based on the prompt', 3, NOT_BASED),
  veoError('photorealistic children', 3, CHILDREN),
  veoError(
    'duration of image_to_video',
    3,
    'Unsupported output video duration 6 seconds, supported durations are [8,4,6] for feature image_to_video.',
  ),
  ...[4, 8, 14].map((code) => veoError(`passing ${code}`, code, INTERNAL)),
  ...SUPPORT_CODES.map((code) =>
    veoError(`support code ${code}`, 3, `Veo could not generate videos. Support codes: ${code}`),
  ),
  veoFilter('reasons without a count', { raiMediaFilteredReasons: [NOT_BASED] }),
  veoFilter('count without reasons', { raiMediaFilteredCount: 1 }),
  veoFilter('filtered out', {
    raiMediaFilteredCount: 1,
    raiMediaFilteredReasons: [
      '1 videos were filtered out because they violated our policies. You will not be charged for blocked videos.',
    ],
  }),
  once('veo POLL model gone', 'POLL', 'NOBODY_KNOWS', 404, {
    error: { code: 404, message: 'Model veo-3.1-generate-001 is no longer available.', status: 'NOT_FOUND' },
  }),
];

const candidate = (parts: object[] | null, more: object = {}) => ({
  candidates: [{ index: 0, content: { role: 'model', parts }, finishReason: 'STOP', ...more }],
  usageMetadata: {
    promptTokenCount: 300,
    candidatesTokenCount: 40,
    thoughtsTokenCount: 120,
    totalTokenCount: 460,
  },
  modelVersion: 'gemini-3-pro-image',
});
const picture = (more: object = {}) => ({
  inlineData: { mimeType: 'image/jpeg', data: 'SHORTENED' },
  ...more,
});

const PICTURES: Scenario[] = [
  once(
    'picture STOP with text only',
    'KEYFRAME',
    'SOLD',
    200,
    candidate([{ text: "I can't draw that. Try another idea." }]),
  ),
  once(
    'picture text beside several',
    'KEYFRAME',
    'SOLD',
    200,
    candidate([picture({ thought: true }), { text: 'Here it is.' }, picture()]),
  ),
  once('picture blocked as OTHER', 'KEYFRAME', 'SOLD', 200, {
    promptFeedback: { blockReason: 'OTHER' },
    usageMetadata: { promptTokenCount: 9, totalTokenCount: 9 },
  }),
  ...(['STORYBOARD', 'KEYFRAME'] as const).map((at) =>
    once(`499 ${at}`, at, 'FREE', 499, {
      error: { code: 499, message: 'The operation was cancelled.', status: 'CANCELLED' },
    }),
  ),
];

/** All of them. */
export const toldScenarios = (): Scenario[] => [...OMNI, ...VEO, ...PICTURES];
