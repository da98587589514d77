/** What a person watches a server by, as Prometheus reads it; docs/operations.md tells what each is good for. */
import type { ServerResponse } from 'node:http';
import { collectDefaultMetrics, Counter, Gauge, type Metric, Registry } from 'prom-client';
import type { LiveTally } from './live/live-tally.ts';
import { REFUSAL_REASONS, type Refusals } from './refusals.ts';
import { SOCKET_STATES, type SocketState } from './sockets.ts';

export type Measured = {
  live: LiveTally;
  refusals: Refusals;
  sockets: { countIn(state: SocketState): number };
};

/** Of the process, however many servers it has: made at the first request, for some of it is measured from then on. */
let ofProcess: Registry | undefined;

function processRegistry(): Registry {
  if (!ofProcess) collectDefaultMetrics({ register: (ofProcess = new Registry()) });
  return ofProcess;
}

/** Answers with the numbers of this process; they are read when they are asked for, and nothing is counted twice. */
export function metricsRoute(measured: Measured) {
  const ofServer = serverRegistry(measured);
  return async (response: ServerResponse): Promise<void> => {
    const registry = Registry.merge([ofServer, processRegistry()]);
    response.setHeader('Content-Type', registry.contentType);
    response.setHeader('Cache-Control', 'no-store');
    response.end(await registry.metrics());
  };
}

function serverRegistry({ live, refusals, sockets }: Measured): Registry {
  const registry = new Registry();
  const add = (metric: Metric) => registry.registerMetric(metric);
  const gauge = (name: string, help: string, read: () => number) =>
    add(gaugeOf(name, help, (metric) => metric.set(read())));
  const counter = (name: string, help: string, read: () => number) =>
    add(counterOf(name, help, (metric) => metric.inc(read())));

  add(
    gaugeOf('vidpipe_sockets', 'WebSockets, by state.', (metric) => {
      for (const state of SOCKET_STATES) metric.set({ state }, sockets.countIn(state));
    }),
  );
  gauge('vidpipe_subscriptions', 'Subscriptions that are served.', () => live.subscriptions);
  gauge('vidpipe_subscription_groups', 'Groups of them that hear the same.', () => live.groups.size);
  counter('vidpipe_events_executed_total', 'Events executed, each once a group.', () => live.executed);
  counter('vidpipe_messages_sent_total', 'Events handed to subscribers.', () => live.sent);
  counter(
    'vidpipe_subscription_overflows_total',
    'Subscriptions ended because their client read too slowly.',
    () => live.overflows,
  );
  add(
    counterOf('vidpipe_refused_total', 'What was turned away, by reason.', (metric) => {
      for (const reason of REFUSAL_REASONS) metric.inc({ reason }, refusals.counts[reason]);
    }),
  );
  return registry;
}

const gaugeOf = (name: string, help: string, read: (metric: Gauge<'state'>) => void) =>
  new Gauge({
    name,
    help,
    labelNames: ['state'],
    registers: [],
    collect() {
      read(this);
    },
  });

/** `read` counts from zero each time: the sums are kept elsewhere. */
const counterOf = (name: string, help: string, read: (metric: Counter<'reason'>) => void) =>
  new Counter({
    name,
    help,
    labelNames: ['reason'],
    registers: [],
    collect() {
      this.reset();
      read(this);
    },
  });
