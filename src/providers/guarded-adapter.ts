/** The edge: every call to a provider is counted and timed here, and what it brings is cleaned. */
import type { ProviderAdapter } from './adapter.ts';
import { CAPABILITIES } from './capabilities/capabilities.ts';
import type { PaidCall } from './paid-call.ts';
import { measureCall } from './provider-metrics.ts';

type Call = (...order: unknown[]) => Promise<unknown>;
type Calls = Record<string, unknown>;

/**
 * The same provider, whose calls are measured and whose texts every column takes; what it throws is clean by itself
 * (`ProviderError`). It knows no capability by name: each says which calls it has, and how they are cleaned.
 */
export function guardedAdapter<Adapter extends ProviderAdapter>(adapter: Adapter): Adapter {
  const offered = Object.entries(adapter.capabilities) as [PaidCall, Calls][];
  const capabilities = Object.fromEntries(
    offered.map(([name, calls]) => [name, { ...calls, ...guardedCalls(adapter.name, name, calls) }]),
  );
  return { ...adapter, capabilities };
}

function guardedCalls(provider: string, name: PaidCall, calls: Calls): Calls {
  const edges = Object.entries(CAPABILITIES[name].edges) as [string, (call: Call) => Call][];
  const guarded = edges
    .filter(([call]) => typeof calls[call] === 'function')
    .map(([call, edge]) => {
      const ask = (calls[call] as Call).bind(calls);
      const measuredAs = call === 'call' ? name.toLowerCase() : call;
      return [call, edge((...order) => measureCall(provider, measuredAs, () => ask(...order)))];
    });
  return Object.fromEntries(guarded);
}
