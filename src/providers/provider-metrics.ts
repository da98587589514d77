import { Histogram } from 'prom-client';
import { ProviderError } from './provider-error.ts';

/** Seconds: from what this machine draws to what a model films. */
const BUCKETS = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];

/** Every call that this process made to a provider. Of the process, as the providers are. */
export const providerCalls = new Histogram({
  name: 'vidpipe_provider_call_duration_seconds',
  help: 'Calls to providers, by what they came to.',
  labelNames: ['provider', 'call', 'outcome'],
  buckets: BUCKETS,
  registers: [],
});

/** Makes a call and measures it; what it gives or throws is passed on. */
export async function measureCall<Result>(
  provider: string,
  call: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const stop = providerCalls.startTimer({ provider: provider.toLowerCase(), call });
  try {
    const result = await work();
    stop({ outcome: 'answered' });
    return result;
  } catch (error) {
    stop({ outcome: error instanceof ProviderError ? error.outcome.toLowerCase() : 'failed' });
    throw error;
  }
}
