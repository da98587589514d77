import { Gauge, Histogram, type Registry } from 'prom-client';
import { registryOf } from '../platform/metric-kinds.ts';
import type { StepOutcome } from '../features/runs/engine/execute.ts';

/** Seconds: from a step that only writes rows to a long clip or film. */
const BUCKETS = [0.05, 0.25, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];

/** The steps that a worker does. */
export class StepMetrics {
  readonly #duration = new Histogram({
    name: 'vidpipe_step_duration_seconds',
    help: 'Steps that this process worked on, by what became of them.',
    labelNames: ['step', 'outcome'],
    buckets: BUCKETS,
    registers: [],
  });
  readonly #running = new Gauge({
    name: 'vidpipe_steps_running',
    help: 'Steps that this process works on now.',
    labelNames: ['step'],
    registers: [],
  });
  readonly registry: Registry = registryOf(this.#duration, this.#running);

  /** @param steps names of all that a worker does: those that it never did are told as zero. */
  constructor(steps: readonly string[]) {
    for (const step of steps) this.#running.set({ step }, 0);
  }

  /** Does a step and counts it; what it throws was stopped, and is passed on. */
  async measure(step: string, work: () => Promise<StepOutcome>): Promise<StepOutcome> {
    const stop = this.#duration.startTimer({ step });
    this.#running.inc({ step });
    try {
      const outcome = await work();
      stop({ outcome: outcome.toLowerCase() });
      return outcome;
    } catch (error) {
      stop({ outcome: 'stopped' });
      throw error;
    } finally {
      this.#running.dec({ step });
    }
  }
}
