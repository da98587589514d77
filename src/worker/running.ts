import { isWorking } from '../features/runs/run-state.ts';
import type { Ctx } from '../platform/context.ts';

/** Runs that moved within it are looked at together: every step moves its run. Milliseconds. */
const CHECK_MS = 50;

/** The work going on in this process, by run: stopped as soon as its run is. */
export class Running {
  readonly #ctx: Ctx;
  readonly #byRun = new Map<string, Set<AbortController>>();
  /** Runs that moved, and may have been stopped. */
  readonly #moved = new Set<string>();
  readonly #all = new AbortController();
  readonly #stopListening: () => void;

  constructor(ctx: Ctx) {
    this.#ctx = ctx;
    this.#stopListening = ctx.events.listen((signal) => {
      if (signal === null) this.#checkSoon([...this.#byRun.keys()]);
      else if (signal.subjectType === 'PipelineRun' && this.#byRun.has(signal.subjectId)) {
        this.#checkSoon([signal.subjectId]);
      }
    });
  }

  /** How many steps are in progress. */
  get size(): number {
    return [...this.#byRun.values()].reduce((sum, controllers) => sum + controllers.size, 0);
  }

  /** Whether everything was aborted. */
  get isStopped(): boolean {
    return this.#all.signal.aborted;
  }

  /** Does `work` with a signal that is aborted when the run stops, the claim is lost or the worker stops. */
  async track(
    runId: string,
    claim: AbortSignal,
    work: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const controller = new AbortController();
    const controllers = this.#byRun.get(runId) ?? new Set();
    this.#byRun.set(runId, controllers.add(controller));
    try {
      await work(AbortSignal.any([claim, controller.signal, this.#all.signal]));
    } finally {
      controllers.delete(controller);
      if (controllers.size === 0) this.#byRun.delete(runId);
    }
  }

  /** Aborts everything, for good. */
  stop(): void {
    this.#stopListening();
    this.#all.abort(new Error('The worker is stopping.'));
  }

  #checkSoon(runIds: string[]): void {
    if (this.#moved.size === 0 && runIds.length > 0) setTimeout(() => void this.#check(), CHECK_MS).unref();
    for (const runId of runIds) this.#moved.add(runId);
  }

  async #check(): Promise<void> {
    const runIds = [...this.#moved];
    this.#moved.clear();
    try {
      const runs = await this.#ctx.db.pipelineRun.findMany({
        where: { id: { in: runIds } },
        select: { id: true, status: true },
      });
      const working = new Set(runs.filter((run) => isWorking(run)).map(({ id }) => id));
      for (const runId of runIds) if (!working.has(runId)) this.#abort(runId, 'The run was stopped.');
    } catch {
      // The database is away; a step that finishes meanwhile is refused by its claim.
    }
  }

  #abort(runId: string, reason: string): void {
    for (const controller of this.#byRun.get(runId) ?? []) controller.abort(new Error(reason));
  }
}
