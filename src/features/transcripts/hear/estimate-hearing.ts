import type { Quote } from '../../../providers/price.ts';
import { requireCapability } from '../../../providers/registry.ts';
import { EAR } from './chunk-rows.ts';
import { planChunks, type Stretch } from './plan-chunks.ts';

/**
 * What hearing a video will use, a quote for each call, before it is bought; the whole of it is heard unless its silences are given.
 *
 * @throws {DomainError} PROVIDER_NOT_CONFIGURED, or INVALID_INPUT, where nobody here hears.
 */
export function quoteHearing(durationSeconds: number, silences: readonly Stretch[] = []): Quote[] {
  const { quote } = requireCapability(EAR, 'TRANSCRIPT');
  return planChunks(durationSeconds, silences).map(({ startSeconds, endSeconds }) =>
    quote({ durationSeconds: endSeconds - startSeconds }),
  );
}
