/** Metrics that are read where they are kept at the moment somebody asks; nothing is counted twice. */
import { Counter, Gauge, Registry, type Metric } from 'prom-client';

/** Metrics of one owner. */
export const registryOf = (...metrics: Metric[]): Registry => {
  const registry = new Registry();
  for (const metric of metrics) registry.registerMetric(metric);
  return registry;
};

/** What a metric is called, and for whom it is kept apart: few values of each label, known beforehand. */
type Naming<Label extends string> = { name: string; help: string; labelNames?: Label[] };

type Read<Facts> = () => Facts | null | Promise<Facts | null>;

/** A value that goes up and down; `fill` sets it to what was read, and null leaves it out. */
export const gaugeOf = <Facts, Label extends string = never>(
  naming: Naming<Label>,
  read: Read<Facts>,
  fill: (metric: Gauge<Label>, facts: Facts) => void,
): Gauge<Label> =>
  new Gauge<Label>({
    ...naming,
    registers: [],
    async collect() {
      refill(this, await read(), fill);
    },
  });

/** A sum that is kept elsewhere; `fill` counts what was read from zero, and null leaves it out. */
export const counterOf = <Facts, Label extends string = never>(
  naming: Naming<Label>,
  read: Read<Facts>,
  fill: (metric: Counter<Label>, facts: Facts) => void,
): Counter<Label> =>
  new Counter<Label>({
    ...naming,
    registers: [],
    async collect() {
      refill(this, await read(), fill);
    },
  });

/** Fills what has no labels. */
export const set = (metric: Gauge, value: number): void => metric.set(value);
export const count = (metric: Counter, value: number): void => metric.inc(value);

/** All at once: whoever asks at the same time must find it neither half filled nor filled twice. */
function refill<Kept extends Gauge | Counter, Facts>(
  metric: Kept,
  facts: Facts | null,
  fill: (metric: Kept, facts: Facts) => void,
): void {
  metric.reset();
  if (facts !== null) fill(metric, facts);
  // Without labels, prom-client tells 0 of what has no value.
  else metric.remove({});
}
