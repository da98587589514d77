/** Interactions of Omni, as they are told. */
import { type Account, stateOf } from '../paid-provider/ledger.ts';
import { BLOCKED_PROMPT, type Reply } from '../paid-provider/reply.ts';
import type { Happening } from './stream.ts';

/** Without it nobody knows what an interaction costs that came to nothing. */
const FREE = 'You will not be charged for this request.';
export const FILTER_REASON = 'The video was blocked because the input image violates the usage guidelines.';

const PREFIX = 'interactions/';
export const isInteraction = (name: string): boolean => name.startsWith(PREFIX);
export const idOf = (name: string): string => name.slice(PREFIX.length);

const STATUSES = {
  RUNNING: 'in_progress',
  DONE: 'completed',
  FAILED: 'failed',
  FILTERED: 'failed',
  CANCELLED: 'cancelled',
} as const;

/** An interaction as it stands, with the steps that it has taken. */
export function interaction(account: Account, name: string, steps: object[] = []): object {
  const state = stateOf(account) ?? 'FAILED';
  const errors: Partial<Record<string, object[]>> = {
    FAILED: [
      account.operation?.end === 'BLOCKED'
        ? { code: 'content_blocked', message: `${BLOCKED_PROMPT} ${FREE}` }
        : { code: '500', message: `An internal error occurred. ${FREE}` },
    ],
    FILTERED: [
      { code: 'content_blocked', message: `${FILTER_REASON} ${account.operation?.refundable ? FREE : ''}` },
    ],
  };
  const shown = errors[state];
  const usage = state === 'DONE' || state === 'FILTERED' ? account.operation?.usage : undefined;
  return {
    id: idOf(name),
    status: STATUSES[state],
    steps,
    ...(shown && { errors: shown }),
    ...(usage && { usage }),
  };
}

/** What a request in the background is answered with. */
export const begun = (name: string): object => ({ id: idOf(name), status: 'in_progress', steps: [] });

/** An answer of success that begins with the name, at once, and goes on with the rest of the interaction at its end. */
export function namedFirst(name: string, end: () => Promise<Reply>): Reply {
  async function* more() {
    const { id: _told, ...rest } = JSON.parse((await end()).body.toString()) as { id?: string };
    yield JSON.stringify(rest).slice(1);
  }
  const body = Buffer.from(`{"id":${JSON.stringify(idOf(name))},`);
  return { status: 200, type: 'application/json', body, more: more() };
}

/** The step with the film: where it is, or itself in base64. */
export const filmStep = (held: { uri: string } | { data: string }): object => ({
  type: 'model_output',
  content: [{ type: 'video', mime_type: 'video/mp4', ...held }],
});

/** What a stream tells of an interaction that was just begun. */
export const beginning = (name: string): Happening[] => [
  { event_type: 'interaction.created', interaction: { id: idOf(name), status: 'in_progress' } },
  { event_type: 'interaction.status_update', interaction_id: idOf(name), status: 'in_progress' },
];

/** What it tells of an answer that says how it ended: its steps one by one, or an error. */
export function ending(answer: Record<string, unknown>, status: number): Happening[] {
  if (status !== 200 || (answer['error'] !== undefined && answer['status'] === undefined))
    return [{ event_type: 'error', error: answer['error'] }];
  const steps = (answer['steps'] ?? []) as { type?: string; content?: object[] }[];
  const told = steps.flatMap((step, index): Happening[] => [
    { event_type: 'step.start', index, step: { type: step.type } },
    ...(step.content ?? []).map((delta) => ({ event_type: 'step.delta', index, delta })),
    { event_type: 'step.stop', index },
  ]);
  // Lifecycle events may leave out what only a whole answer has: the steps were told.
  const { steps: _told, ...rest } = answer;
  return [...told, { event_type: 'interaction.completed', interaction: rest }];
}
