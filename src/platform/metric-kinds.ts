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

/** A value that goes up and down; `read` sets it. */
export const gaugeOf = <Label extends string = never>(
  naming: Naming<Label>,
  read: (metric: Gauge<Label>) => void | Promise<void>,
): Gauge<Label> =>
  new Gauge<Label>({
    ...naming,
    registers: [],
    collect() {
      this.reset();
      return read(this);
    },
  });

/** A sum that is kept elsewhere; `read` counts from zero each time. */
export const counterOf = <Label extends string = never>(
  naming: Naming<Label>,
  read: (metric: Counter<Label>) => void | Promise<void>,
): Counter<Label> =>
  new Counter<Label>({
    ...naming,
    registers: [],
    collect() {
      this.reset();
      return read(this);
    },
  });
