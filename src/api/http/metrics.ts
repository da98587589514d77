/** What a person watches a server by, as Prometheus reads it; docs/operations.md tells what each is good for. */
import type { ServerResponse } from 'node:http';
import { Registry } from 'prom-client';
import { count, counterOf, gaugeOf, registryOf, set } from '../../platform/metric-kinds.ts';
import { processMetrics } from '../../platform/process-metrics.ts';
import type { LiveTally } from '../live/live-tally.ts';
import { REFUSAL_REASONS, type Refusals } from '../admission/refusals.ts';
import { SOCKET_STATES, type SocketState } from '../sockets/sockets.ts';

export type Measured = {
  live: LiveTally;
  refusals: Refusals;
  sockets: { countIn(state: SocketState): number };
};

/** Answers with the numbers of this process; they are read when they are asked for, and nothing is counted twice. */
export function metricsRoute(ofServer: Registry) {
  return async (response: ServerResponse): Promise<void> => {
    const registry = Registry.merge([ofServer, processMetrics()]);
    response.setHeader('Content-Type', registry.contentType);
    response.setHeader('Cache-Control', 'no-store');
    response.end(await registry.metrics());
  };
}

/** What goes on in an API. */
export const apiMetrics = ({ live, refusals, sockets }: Measured): Registry =>
  registryOf(
    gaugeOf(
      { name: 'vidpipe_sockets', help: 'WebSockets, by state.', labelNames: ['state'] },
      () => sockets,
      (metric, found) => {
        for (const state of SOCKET_STATES) metric.set({ state }, found.countIn(state));
      },
    ),
    gaugeOf(
      { name: 'vidpipe_subscriptions', help: 'Subscriptions that are served.' },
      () => live.subscriptions,
      set,
    ),
    gaugeOf(
      { name: 'vidpipe_subscription_groups', help: 'Groups of them that hear the same.' },
      () => live.groups.size,
      set,
    ),
    counterOf(
      { name: 'vidpipe_events_executed_total', help: 'Events executed, each once a group.' },
      () => live.executed,
      count,
    ),
    counterOf(
      { name: 'vidpipe_messages_sent_total', help: 'Events handed to subscribers.' },
      () => live.sent,
      count,
    ),
    counterOf(
      {
        name: 'vidpipe_subscription_overflows_total',
        help: 'Subscriptions ended because their client read too slowly.',
      },
      () => live.overflows,
      count,
    ),
    counterOf(
      { name: 'vidpipe_refused_total', help: 'What was turned away, by reason.', labelNames: ['reason'] },
      () => refusals.counts,
      (metric, counts) => {
        for (const reason of REFUSAL_REASONS) metric.inc({ reason }, counts[reason]);
      },
    ),
  );
