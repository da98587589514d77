/** A film and everything that may happen to it, one event at a time; what each does is the product's own code. */
import { claimDueVideoClips } from '../../src/features/video-clips/due-video-clips.sql.ts';
import { pollVideoClip } from '../../src/features/video-clips/poll-video-clip.ts';
import { readOpenCalls } from '../../src/features/budget/ledger.sql.ts';
import {
  pauseRun,
  resumeProject,
  cancelRun,
  resumeRun,
} from '../../src/features/pipelines/control/control.ts';
import { setProjectCostCap } from '../../src/features/pipelines/control/cost-caps.ts';
import { launchRun } from '../../src/features/pipelines/confirm/launch.ts';
import { retryScene } from '../../src/features/pipelines/control/retry-scene.ts';
import { settleUnknownCall } from '../../src/features/pipelines/control/settle-unknown-call.ts';
import { settleUnknownVideoClip } from '../../src/features/pipelines/control/settle-unknown-video-clip.ts';
import type { ClaimedJob } from '../../src/features/runs/engine/job.ts';
import { DomainError } from '../../src/core/errors.ts';
import { LIVE_STATUSES } from '../../src/features/runs/run-state.ts';
import { projectScope } from '../../src/features/projects/project-runs.ts';
import type { ClipVerdict } from '../../src/providers/clip-verdict.ts';
import { handlersOf } from '../../src/worker/handlers.ts';
import { instantFlows, type InstantProvider } from '../support/instant-provider.ts';
import type { TestPlatform } from '../support/test-platform.ts';

function unlessRefused(error: unknown): null {
  if (error instanceof DomainError) return null;
  throw error;
}

const handlers = handlersOf(instantFlows);
const NEVER = new AbortController().signal;

export class Walk {
  readonly #platform: TestPlatform;
  readonly #provider: InstantProvider;
  readonly projectId: string;

  constructor(platform: TestPlatform, provider: InstantProvider, projectId: string) {
    this.#platform = platform;
    this.#provider = provider;
    this.projectId = projectId;
  }

  /** A worker does a job that waits, wherever one does. @returns whether there was one. */
  async work(): Promise<boolean> {
    for (const name of Object.keys(handlers)) {
      const job = await this.#claim(name);
      if (!job) continue;
      await handlers[name]?.(this.#platform.ctx, job, NEVER);
      await this.#platform.queue.boss.complete(name, job.id);
      return true;
    }
    return false;
  }

  /** A worker claims a job, gets as far as the work's end and dies. */
  async crash(): Promise<void> {
    for (const step of instantFlows.steps) {
      const job = await this.#claim(step.name);
      if (!job) continue;
      const { ctx, db } = this.#platform;
      const { runId, input } = job.data;
      const run = await db.pipelineRun.findUniqueOrThrow({ where: { id: runId } });
      // A step that is refused writes nothing before it dies either.
      const prepared = await db.$transaction((tx) => step.begin(tx, ctx, run, input)).catch(unlessRefused);
      if (prepared !== null) await step.work(ctx, prepared, NEVER, () => {}).catch(() => {});
      await this.#platform.queue.boss.fail(step.name, job.id);
      return;
    }
  }

  /** The provider is asked about whatever waits. */
  async poll(answer: ClipVerdict): Promise<void> {
    const { db, ctx } = this.#platform;
    this.#provider.answer = answer;
    await db.videoClip.updateMany({
      where: { nextPollAt: { not: null } },
      data: { nextPollAt: new Date(0) },
    });
    const [due] = await claimDueVideoClips(db, 1, 10);
    if (due) await pollVideoClip(ctx, instantFlows, due, NEVER);
  }

  /** What the next storyboard or frame comes to. */
  failNextCall(failure: InstantProvider['failCall']): void {
    this.#provider.failCall = failure;
  }

  /** The project may cost no more than so many cents; null for as much as it takes. */
  cap = (maxCostCents: number | null) =>
    this.#asked(() => setProjectCostCap(this.#platform.ctx, { projectId: this.projectId, maxCostCents }));

  /** Whether the next file is not to be had at its address. */
  refuseNextDownload(isRefused: boolean): void {
    this.#provider.refuseDownload = isRefused;
  }

  failNextSubmit(failure: InstantProvider['failSubmit']): void {
    this.#provider.failSubmit = failure;
  }

  launch = () =>
    this.#asked(() =>
      launchRun(this.#platform.ctx, {
        projectId: this.projectId,
        stopAfter: null,
        crossfadeSeconds: 0,
        idempotencyKey: null,
      }),
    );
  resumeProject = () => this.#asked(() => resumeProject(this.#platform.ctx, { projectId: this.projectId }));
  pause = () => this.#onLiveRun((runId) => pauseRun(this.#platform.ctx, { runId }));
  resume = () => this.#onLiveRun((runId) => resumeRun(this.#platform.ctx, { runId }));
  cancel = () => this.#onLiveRun((runId) => cancelRun(this.#platform.ctx, { runId }));

  async retry(sceneIndex: number): Promise<void> {
    const scene = await this.#platform.db.scene.findFirst({
      where: { projectId: this.projectId, sceneIndex },
    });
    if (scene) await this.#asked(() => retryScene(this.#platform.ctx, { sceneId: scene.id }));
  }

  /** A person looks at the provider and tells the truth about each call that nobody knows of. */
  async settleAll(): Promise<void> {
    await this.#settleVideoClips();
    const { db, ctx } = this.#platform;
    const open = await readOpenCalls(db, { scope: projectScope(this.projectId) });
    for (const { operationKey } of open.filter(({ isUnknown, call }) => isUnknown && call !== 'CLIP')) {
      const outcome = this.#provider.books.has(operationKey) ? 'WAS_CHARGED' : 'NOT_CHARGED';
      await this.#asked(() => settleUnknownCall(ctx, { operationKey, outcome }));
    }
  }

  async #settleVideoClips(): Promise<void> {
    const unknown = await this.#platform.db.videoClip.findMany({
      where: { status: 'UNKNOWN', supersededAt: null },
      include: { scene: true },
    });
    for (const clip of unknown) {
      const names = await this.namesOf(clip.sceneId);
      const bought = this.#provider.purchases.find(
        ({ operationName, subject }) =>
          subject === clip.scene.videoMotionPrompt && !names.includes(operationName),
      );
      const operationName = clip.operationName ?? bought?.operationName;
      const outcome =
        operationName === undefined
          ? ({ kind: 'NOT_CHARGED' } as const)
          : ({ kind: 'HAS_OPERATION', operationName } as const);
      await this.#asked(() => settleUnknownVideoClip(this.#platform.ctx, { videoClipId: clip.id, outcome }));
    }
  }

  /** Names of the operations that the rows of a scene know. */
  async namesOf(sceneId: string): Promise<string[]> {
    const clips = await this.#platform.db.videoClip.findMany({ where: { sceneId } });
    return clips.flatMap(({ operationName }) => operationName ?? []);
  }

  /** Nothing goes wrong any more, and a person looks after it, until there is nothing left to do. */
  async settleDown(): Promise<void> {
    for (let round = 0; round < 100; round += 1) {
      this.failNextSubmit(null);
      this.failNextCall(null);
      this.refuseNextDownload(false);
      await this.cap(null);
      while (await this.work());
      await this.poll({ verdict: 'FILM', uri: 'instant:clip' });
      await this.settleAll();
      await this.resume();
      const { status, errorMessage } = await this.#platform.db.project.findUniqueOrThrow({
        where: { id: this.projectId },
      });
      if (status === 'COMPLETE' && !errorMessage && !(await this.liveRun())) return;
      if (!(await this.liveRun())) await this.#makeGapsAnew();
    }
    throw new Error('It does not come to an end.');
  }

  liveRun = () =>
    this.#platform.db.pipelineRun.findFirst({
      where: { projectId: this.projectId, status: { in: [...LIVE_STATUSES] } },
    });

  async #makeGapsAnew(): Promise<void> {
    const filtered = await this.#platform.db.scene.findFirst({
      where: {
        projectId: this.projectId,
        status: 'FAILED',
        clips: { some: { supersededAt: null, status: 'RAI_FILTERED' } },
      },
    });
    if (filtered) await this.retry(filtered.sceneIndex);
    else await this.resumeProject();
  }

  async #claim(name: string): Promise<(ClaimedJob & { id: string }) | undefined> {
    const [job] = await this.#platform.queue.boss.fetch<ClaimedJob['data']>(name, {
      ignoreStartAfter: true,
      includeMetadata: true,
    });
    return job && { ...job, name: job.sourceName ?? job.name };
  }

  /** A person may ask for what is not allowed now; the refusal has a code, and nothing happened. */
  async #asked(ask: () => Promise<unknown>): Promise<void> {
    try {
      await ask();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
  }

  async #onLiveRun(act: (runId: string) => Promise<unknown>): Promise<void> {
    const run = await this.liveRun();
    if (run) await this.#asked(() => act(run.id));
  }
}
