/** What goes over the wire between the paid test provider, its adapter and the tests that script it. */
import { z } from 'zod';
import type { PaidCall } from '../../../src/providers/paid-call.ts';

/** Requests that may fail by script. Those up to `SUBMIT` cost money; of what is heard and chosen the server that stands for Google knows. */
export const CALLS = [
  'STORYBOARD',
  'KEYFRAME',
  'TRANSCRIPT',
  'MOMENTS',
  'SUBMIT',
  'POLL',
  'DOWNLOAD',
  'CANCEL',
] as const;
export type Call = (typeof CALLS)[number];

/** What the provider charges, in micro-USD; its own words, not its adapter's. */
export const CHARGES = { STORYBOARD: 9_000, KEYFRAME: 40_000, SECOND_OF_CLIP: 100_000 } as const;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const evenPixels = z.int().min(16).multipleOf(2);

/** What is bought: `subject` tells tests for whom, `prompt` is what a vendor's model would get. */
const order = { subject: z.string().min(1), prompt: z.string().min(1) };
const picture = { width: evenPixels, height: evenPixels };

export const storyboardOrder = z.object({ ...order, maxScenes: z.int().min(1) });
export const keyframeOrder = z.object({ ...order, ...picture, fromPicture: sha256.nullable() });
export const clipOrder = z.object({
  ...order,
  ...picture,
  startPicture: sha256,
  endPicture: sha256,
  durationSeconds: z.int().min(1).max(15),
});
export type ClipOrder = z.infer<typeof clipOrder>;

/** How an operation ends; `BLOCKED` fails for the words of its prompt. */
export const ENDS = ['DONE', 'FILTERED', 'BLOCKED', 'FAILED', 'NEVER'] as const;
export type End = (typeof ENDS)[number];

/** Whether it strikes a request that was accepted: what it asked for is bought, counted or cancelled. Not unless said. */
const accepted = z.boolean().optional();

/**
 * What may go wrong with a call.
 * - `BLOCKED` is refused by the safety filter before anything is made.
 * - `STATUS` is answered, with the `body` if there is one; 404 or 410 to a `DOWNLOAD` is an expired file.
 * - `RESET` breaks the connection, `HANG` never answers.
 * - `MALFORMED` is an answer without its first half that claims to be whole, `CUT` one that breaks off in the middle;
 *   both accepted.
 * - `USELESS` is a whole answer of the wrong shape, accepted.
 * - `SLOW` is accepted at once and answered after `delayMs`.
 * - `ENDS` lets the operation of an accepted `SUBMIT` come to that end.
 */
const trouble = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('BLOCKED') }),
  z.object({
    kind: z.literal('STATUS'),
    status: z.int().min(200).max(599),
    retryAfterSeconds: z.int().min(0).optional(),
    /** In place of the provider's own words. */
    body: z.unknown().optional(),
    accepted,
  }),
  z.object({ kind: z.enum(['RESET', 'HANG']), accepted }),
  z.object({ kind: z.enum(['MALFORMED', 'CUT', 'USELESS']) }),
  z.object({ kind: z.literal('SLOW'), delayMs: z.number().min(0) }),
  z.object({ kind: z.literal('ENDS'), end: z.enum(ENDS) }),
]);
export type Trouble = z.infer<typeof trouble>;

const target = z.object({
  call: z.enum(CALLS),
  /** Only calls whose subject contains this. */
  subject: z.string().optional(),
  /** How often it strikes: once, or without end where a `probability` is given. */
  times: z.int().min(1).optional(),
  /** 0 to 1; always unless said. */
  probability: z.number().min(0).max(1).optional(),
});

/** Trouble for certain calls; of several that match a call, the first strikes. */
export const fault = z
  .intersection(target, trouble)
  .refine(({ call, kind }) => kind !== 'ENDS' || call === 'SUBMIT', 'Only a SUBMIT begins an operation.');
export type Fault = z.infer<typeof fault>;

/** How the provider behaves until told otherwise, also after a restart. */
export const settings = z.object({
  /** Milliseconds from a clip's purchase to its end. */
  operationMs: z.number().min(0),
  /** Whether it can stop an operation. */
  cancels: z.boolean(),
  /** Whether a filtered clip is paid back. */
  refundsFiltered: z.boolean(),
});
export type Settings = z.infer<typeof settings>;

/** How an operation stands; `CANCELLED` is polled as `FAILED`. */
export type OperationState = 'RUNNING' | 'DONE' | 'FILTERED' | 'FAILED' | 'CANCELLED';

/** A purchase and what became of it. */
export type LedgerEntry = {
  kind: PaidCall;
  subject: string;
  /** SHA-256 of the prompt: equal for the same thing bought again. */
  promptHash: string;
  /** SHA-256 of the pictures that were sent along. */
  pictures: string[];
  boughtAt: string;
  /** Of a clip, as is all below. */
  operationName: string | null;
  state: OperationState | null;
  refunded: boolean;
  /** Of anything that was bought: what is charged as it stands now, in micro-USD. */
  chargedMicroUsd: number;
  /** False where neither the answers nor anything that is published tell whether it is charged. */
  isKnown: boolean;
  /** The scenario that struck it, where one did (`../google-server/scenario.ts`). */
  scenario: string | null;
  polls: number;
  /** Begun ones. */
  downloads: number;
};
