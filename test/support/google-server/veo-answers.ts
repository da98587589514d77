/** Operations of Veo, as `fetchPredictOperation` tells them. */
import type { Operation } from '../paid-provider/ledger.ts';
import type { OperationState } from '../paid-provider/protocol.ts';
import { BLOCKED_PROMPT } from '../paid-provider/reply.ts';
import { FILTER_REASON } from './omni-answers.ts';

/** An operation that has no film, or none yet. */
export function operationWithout({ name, end }: Operation, state: OperationState): object {
  if (state === 'RUNNING') return { name };
  if (state === 'FILTERED')
    return {
      name,
      done: true,
      response: { raiMediaFilteredCount: 1, raiMediaFilteredReasons: [FILTER_REASON] },
    };
  const error =
    end === 'BLOCKED'
      ? { code: 3, message: BLOCKED_PROMPT }
      : { code: 13, message: 'An internal error occurred.' };
  return { name, done: true, error };
}

/** One whose film is in a bucket, or comes with it. */
export const operationWith = (
  { name }: Operation,
  held: { gcsUri: string } | { bytesBase64Encoded: string },
): object => ({ name, done: true, response: { videos: [{ ...held, mimeType: 'video/mp4' }] } });
