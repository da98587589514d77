/** Films that the real engine makes with the paid test provider: what a person sees of them, and what its ledger says. */
import { scopeOf } from '../../src/core/scopes.ts';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll } from 'vitest';
import type { Provider, RunStage } from '../../src/generated/prisma/client.ts';
import { projectScope } from '../../src/features/projects/project-runs.ts';
import type { ProjectInput } from '../../src/features/projects/project-input.ts';
import { generateFilm } from '../../src/features/pipelines/confirm/launch.ts';
import { animatic } from '../../src/providers/animatic/index.ts';
import { installProvider } from '../../src/providers/registry.ts';
import { paidProvider, type PaidProviderOptions } from './paid-provider/adapter.ts';
import type { Call, LedgerEntry, Trouble } from './paid-provider/protocol.ts';
import { type PaidProviderProcess, startPaidProvider } from './paid-provider/start.ts';
import { useFixture } from './fixture.ts';
import { runEnd } from './run-end.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';
import { openTestPlatform, type TestPlatform, type TestPlatformOptions } from './test-platform.ts';

export type PaidStudio = {
  platform: TestPlatform;
  server: PaidProviderProcess;
  /** A film to be launched; its words are in no other. */
  film(options?: { scenes?: 1 | 2 }): PaidFilm;
  /** Closes and removes all of it, and puts the animatic back. */
  remove(): Promise<void>;
};

type PaidStudioOptions = PaidProviderOptions & { operationMs?: number } & Pick<
    TestPlatformOptions,
    'workers' | 'through' | 'storageUrl'
  >;

/** For a file of tests: one studio for all of them; see {@link openPaidStudio}. */
export const usePaidStudio = (options?: PaidStudioOptions): PaidStudio =>
  useFixture(
    () => openPaidStudio(options),
    (studio) => studio.remove(),
  );

/** The same on PostgreSQL, which is reached through a proxy that can lose what is said. */
export function useProxiedStudio(options: PaidProviderOptions = {}): {
  studio: PaidStudio;
  proxy: () => TcpProxy;
  /** The database as it is reached through the proxy. */
  databaseUrl: () => string;
} {
  let proxy: TcpProxy | undefined;
  let url = '';
  const studio = usePaidStudio({
    ...options,
    through: async (databaseUrl) => {
      proxy = await startTcpProxy(databaseUrl);
      return (url = proxy.through(databaseUrl));
    },
  });
  afterAll(() => proxy?.close());
  const opened = () => {
    if (!proxy) throw new Error('There is no proxy before the first test.');
    return proxy;
  };
  return { studio, proxy: opened, databaseUrl: () => url };
}

/** Opens a platform with workers and a paid test provider of its own. */
export async function openPaidStudio(options: PaidStudioOptions = {}): Promise<PaidStudio> {
  const { workers = 4, operationMs = 200, through, storageUrl, ...providerOptions } = options;
  const server = await startPaidProvider();
  await server.settings({ operationMs });
  installProvider(paidProvider(server.url, { pollSeconds: 0.25, ...providerOptions }));
  const platform = await openTestPlatform({
    workers,
    ...(through && { through }),
    ...(storageUrl !== undefined && { storageUrl }),
  });
  let films = 0;
  return {
    platform,
    server,
    film: ({ scenes = 2 } = {}) => new PaidFilm(platform, server, `film${(films += 1)}x`, scenes),
    async remove() {
      await platform.remove();
      await server.stop();
      installProvider(animatic);
    },
  };
}

type Scene = 1 | 2;

/** One film, its scenes numbered as a person numbers them. */
export class PaidFilm {
  readonly #platform: TestPlatform;
  readonly #server: PaidProviderProcess;
  /** In every subject of the film's purchases. */
  readonly tag: string;
  readonly #scenes: Scene;
  projectId = '';
  /** The run that was launched last. */
  runId = '';

  constructor(platform: TestPlatform, server: PaidProviderProcess, tag: string, scenes: Scene) {
    this.#platform = platform;
    this.#server = server;
    this.tag = tag;
    this.#scenes = scenes;
  }

  /** Scripts trouble for a call about a scene; for a storyboard leave the scene out. */
  fault(call: Call, scene: Scene | null, trouble: Trouble, times = 1): Promise<void> {
    const subject = scene === null ? this.tag : this.#nameOf(scene);
    return this.#server.fault({ call, subject, times, ...trouble });
  }

  /** Launches it; `prompt` where its own will not do. */
  async launch(
    options: {
      stopAfter?: RunStage | null;
      prompt?: string;
      clipSeconds?: number;
      maxCostCents?: number;
      provider?: Provider;
      clipOptions?: Pick<ProjectInput, 'seed' | 'negativePrompt' | 'sound'>;
    } = {},
  ): Promise<this> {
    const { clipSeconds = 1, clipOptions, ...others } = options;
    const prompt = `A fox called ${this.#nameOf(1)} wakes.`;
    const more = this.#scenes === 2 ? ` A hare called ${this.#nameOf(2)} runs.` : '';
    const { project, run } = await generateFilm(this.#platform.ctx, {
      prompt: prompt + more,
      targetClipDuration: clipSeconds,
      targetDuration: clipSeconds * this.#scenes,
      stopAfter: null,
      crossfadeSeconds: 0,
      idempotencyKey: null,
      ...clipOptions,
      ...others,
    });
    this.projectId = project.id;
    this.runId = run.id;
    return this;
  }

  /** Goes on with another run of it. */
  follow(run: { id: string } | null): this {
    if (!run) throw new Error('There is no run.');
    this.runId = run.id;
    return this;
  }

  /** Waits for the end of its run. */
  end = () => runEnd(this.#platform.ctx, this.runId);

  /** Launches it and waits for its end. */
  make = async (options: Parameters<PaidFilm['launch']>[0] = {}) => (await this.launch(options)).end();

  project = () => this.#platform.db.project.findUniqueOrThrow({ where: { id: this.projectId } });

  async scene(scene: Scene) {
    const where = { projectId_sceneIndex: { projectId: this.projectId, sceneIndex: scene - 1 } };
    return this.#platform.db.scene.findUniqueOrThrow({ where });
  }

  /** Its scenes in their order, each with its current clip, if it has one. */
  scenes = () =>
    this.#platform.db.scene.findMany({
      where: { projectId: this.projectId },
      orderBy: { sceneIndex: 'asc' },
      include: { clips: { where: { supersededAt: null } } },
    });

  /** Its ledger. */
  ledger = () =>
    this.#platform.db.ledgerEntry.findMany({ where: { scopes: { has: projectScope(this.projectId) } } });

  /** A scene's current clip; null before it is planned. */
  clip(scene: Scene) {
    return this.#platform.db.videoClip.findFirst({
      where: { scene: { projectId: this.projectId, sceneIndex: scene - 1 }, supersededAt: null },
    });
  }

  /** A scene's current clip, which there must be. */
  async videoClipId(scene: Scene): Promise<string> {
    const clip = await this.clip(scene);
    if (!clip) throw new Error(`Scene ${scene} has no clip.`);
    return clip.id;
  }

  /** What the provider charges for it, by its own ledger, in micro-USD. */
  async bill(): Promise<number> {
    const entries = (await this.#server.ledger()).filter(({ subject }) => subject.includes(this.tag));
    return entries.reduce((sum, { chargedMicroUsd }) => sum + chargedMicroUsd, 0);
  }

  /** What our ledger says all its runs have cost, in micro-USD. */
  async cost() {
    const where = { scope: projectScope(this.projectId) };
    const balance = await this.#platform.db.ledgerBalance.findUnique({ where });
    return {
      settled: Number(balance?.settledMicroUsd ?? 0n),
      reserved: Number(balance?.reservedMicroUsd ?? 0n),
      unknown: Number(balance?.unknownMicroUsd ?? 0n),
    };
  }

  /** The film that was stitched last. */
  newestFilm = () =>
    this.#platform.db.video.findFirstOrThrow({
      where: { projectId: this.projectId },
      orderBy: { createdAt: 'desc' },
    });

  /** What the log tells of it, from a level on. */
  events(level: 'WARNING' | 'ERROR', runId = this.runId) {
    const levels = level === 'ERROR' ? (['ERROR'] as const) : (['WARNING', 'ERROR'] as const);
    return this.#platform.db.auditLog.findMany({
      where: { scopes: { has: scopeOf('PipelineRun', runId) }, level: { in: [...levels] } },
      orderBy: { sequence: 'asc' },
    });
  }

  /** Its steps that were given up after too many tries. */
  deadLetters = () =>
    this.#platform.db.deadLetter.findMany({ where: { run: { projectId: this.projectId } } });

  /** What the provider sold for it, by the provider's own ledger. */
  async bought(kind: LedgerEntry['kind'], scene?: Scene): Promise<LedgerEntry[]> {
    const subject = scene === undefined ? this.tag : this.#nameOf(scene);
    const entries = await this.#server.ledger();
    return entries.filter((entry) => entry.kind === kind && entry.subject.includes(subject));
  }

  /** The one clip that the provider sold for a scene. */
  async onlyClip(scene: Scene): Promise<LedgerEntry> {
    const [clip, ...more] = await this.bought('CLIP', scene);
    if (!clip || more.length > 0)
      throw new Error(`Scene ${scene} was bought ${clip ? 1 + more.length : 0} times.`);
    return clip;
  }

  #nameOf = (scene: Scene) => `${this.tag}${scene === 1 ? 'one' : 'two'}`;
}

/** Clips that are being written below a storage's folder for work in progress. */
export async function clipsInProgress({ storage }: Pick<TestPlatform, 'storage'>): Promise<string[]> {
  const folder = path.join(path.dirname(storage.locationOf('any')), '.temporary');
  // A folder may go while it is being read.
  const names = await readdir(folder, { recursive: true }).catch(() => readdir(folder, { recursive: true }));
  return names.filter((name) => name.endsWith('.mp4'));
}

/** Process ids of this process's children that run a script. */
export async function childrenRunning(script: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map(async (pid) => ((await isChild(pid, script)) ? [pid] : [])));
  return found.flat();
}

async function isChild(pid: number, script: string): Promise<boolean> {
  const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
  const [status, command] = await Promise.all([read('status'), read('cmdline')]);
  return command.includes(script) && status.includes(`\nPPid:\t${process.pid}\n`);
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
