import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { askChild, type ChildOptions, startChild } from './child.ts';
import { RETIRE_AFTER_CPU_SECONDS } from './protocol.ts';

/** Long enough for the next step of a run to come. */
const IDLE_MS = 5_000;

/**
 * Children of one script that wait a little for the next job: starting one costs a third of a second
 * of CPU, as much as a keyframe. Only for jobs of our own making; what comes from outside gets a
 * process of its own (`runInChild`). The script calls `serveChildJobs`.
 */
export class WarmChildren {
  readonly #script: URL;
  readonly #cpuSeconds: number;
  readonly #idle = new Map<ChildProcess, NodeJS.Timeout>();

  /** `cpuSeconds` is the most that one job may use. */
  constructor(script: URL, { cpuSeconds }: { cpuSeconds: number }) {
    this.#script = script;
    this.#cpuSeconds = RETIRE_AFTER_CPU_SECONDS + cpuSeconds;
  }

  /** Runs one job, in an idle child or a new one; answers and fails as `runInChild` does. A child whose job failed is gone. */
  async run<Result>(
    job: unknown,
    options: Pick<ChildOptions, 'signal' | 'onProgress' | 'silenceSeconds'>,
  ): Promise<Result> {
    let child: ChildProcess | undefined;
    const take = () =>
      (child = this.#takeIdle() ?? startChild(this.#script, { cpuSeconds: this.#cpuSeconds }));
    const result = await askChild<Result>(take, job, { ...options, cpuSeconds: this.#cpuSeconds });
    if (child?.connected && child.exitCode === null) this.#keep(child);
    return result;
  }

  #takeIdle(): ChildProcess | undefined {
    for (const [child, timer] of this.#idle) {
      clearTimeout(timer);
      this.#idle.delete(child);
      if (!child.connected) continue;
      for (const handle of handlesOf(child)) handle?.ref();
      return child;
    }
    return undefined;
  }

  /** It ends with its channel: after its time, or with this process, which it does not keep alive. */
  #keep(child: ChildProcess): void {
    const timer = setTimeout(() => {
      this.#idle.delete(child);
      if (child.connected) child.disconnect();
    }, IDLE_MS).unref();
    this.#idle.set(child, timer);
    for (const handle of handlesOf(child)) handle?.unref();
  }
}

/** All that keeps this process alive for a child's sake. */
const handlesOf = (child: ChildProcess) => [child, child.channel, child.stderr as Socket | null];
