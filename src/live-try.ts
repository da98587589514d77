/** A first try with real money: one storyboard, two frames and a short clip, and everything that Google said to it. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { costOf, ratesOf } from './features/budget/cost-of.ts';
import { generateFilm } from './features/pipelines/confirm/launch.ts';
import { isEnded } from './features/runs/run-state.ts';
import { type LiveOutcome, readOutcome } from './live-outcome.ts';
import { probe } from './media/read/probe.ts';
import type { Config } from './platform/config.ts';
import { type Ctx, LOCAL_WORKSPACE_ID } from './platform/context.ts';
import { openLog } from './platform/log.ts';
import { openPlatform } from './platform/platform.ts';
import { keepExchanges, transportOf } from './providers/google/answers/answer-file.ts';
import type { KeptExchange } from './providers/google/answers/kept-exchange.ts';
import type { Measure } from './providers/google/answers/shorten.ts';
import { type Exchange, watchExchanges } from './providers/google/exchanges.ts';
import { type GoogleSettings, googleSettings } from './providers/google/google-settings.ts';
import { googleProvider } from './providers/google/index.ts';
import { isRetired, modelsFor, type Resolution } from './providers/google/models.ts';
import type { Quote } from './providers/price.ts';
import type { Model } from './providers/model.ts';
import { configureProviders } from './providers/registry.ts';
import { MAX_SCENES } from './providers/storyboard-answer.ts';
import { policies } from './worker/handlers.ts';
import { startWorker } from './worker/worker.ts';

const PROMPT = 'A paper boat floats on a quiet pond in the morning.';
const SHORTEST_SECONDS = 3;
/** Longest that is waited: overload is waited out for a quarter of an hour, for each of four calls. Milliseconds. */
const LONGEST_MS = 60 * 60_000;
const LOOK_MS = 500;
const CENT = 10_000;

/** What a live try would do. */
export type LivePlan = {
  config: Config;
  settings: GoogleSettings;
  /** Seconds of its clip. */
  seconds: number;
  /** Whole cents that it costs at most if every call works at its first try. */
  cents: number;
};

/** What the answer file holds. */
export type AnswerFile = {
  format: 'vidpipe: answers of Google, 1';
  /** Day (UTC). */
  day: string;
  surface: GoogleSettings['surface'];
  resolution: Resolution;
  models: Record<string, string>;
  /** How Omni was asked: background, hold or stream; null for Veo. */
  transport: string | null;
  outcome: LiveOutcome;
  exchanges: KeptExchange[];
};

/**
 * What it would be with these settings: the cheapest models, unless others are set. Null where Google is not set up.
 *
 * @throws {InvalidSettingsError} as the settings are wrong.
 */
export function planLiveTry(config: Config): LivePlan | null {
  if (googleSettings(config) === null) return null;
  const { surface } = googleSettings({ ...config, googleVideoModel: null, googleResolution: '720p' }) ?? {};
  if (surface === undefined) return null;
  const wanted = config.googleVideoModel;
  const now = new Date();
  const plans = modelsFor('CLIP', surface, now)
    .filter((model) => (wanted === null ? !isRetired(model, now) : model.name === wanted))
    .map(({ name, video }) => {
      const googleResolution = video?.resolutions[0] ?? config.googleResolution;
      const googleImageModel =
        config.googleImageModel ?? modelsFor('KEYFRAME', surface, now).at(-1)?.name ?? null;
      return planWith({ ...config, googleVideoModel: name, googleImageModel, googleResolution });
    });
  return plans.toSorted((one, other) => one.cents - other.cents)[0] ?? null;
}

function planWith(config: Config): LivePlan {
  const settings = googleSettings(config);
  if (!settings) throw new Error('Google is not set up.');
  const { STORYBOARD, KEYFRAME, CLIP } = googleProvider(settings).capabilities;
  const seconds = Math.max(SHORTEST_SECONDS, CLIP.seconds.min);
  const shape = { aspectRatio: '16:9', targetClipDuration: seconds, targetDuration: seconds } as const;
  const microUsd =
    most(
      STORYBOARD.quote({ ...shape, prompt: PROMPT, style: 'cinematic', maxScenes: MAX_SCENES }),
      STORYBOARD.model,
    ) +
    most(KEYFRAME.quote({ ...shape, position: 'START' }), KEYFRAME.model) +
    most(KEYFRAME.quote({ ...shape, position: 'END' }), KEYFRAME.model) +
    most(CLIP.quote({ ...shape, durationSeconds: seconds }), CLIP.model);
  return { config, settings, seconds, cents: Math.ceil(microUsd / CENT) };
}

const most = (quote: Quote, model: Model): number =>
  costOf(quote.most, ratesOf(model, quote, new Date().toISOString().slice(0, 10)));

/**
 * Makes it, as any film is made: by the engine, with every call reserved and booked, in a data directory of its own below
 * the configured one, which stays. Costs money; the engine buys nothing beyond `capCents`.
 *
 * @returns everything that was said, nobody's, and what came of it; where its ledger is.
 */
export async function makeLiveTry(
  { config, settings, seconds }: LivePlan,
  capCents: number,
): Promise<{ file: AnswerFile; dataDir: string }> {
  const dataDir = path.join(config.dataDir, `live-${randomBytes(4).toString('hex')}`);
  const exchanges: Exchange[] = [];
  const unwatch = watchExchanges((exchange) => exchanges.push(exchange));
  try {
    configureProviders(config);
    const outcome = await makeFilm(dataDir, seconds, capCents);
    return { file: await fileOf(settings, exchanges, outcome, dataDir), dataDir };
  } finally {
    unwatch();
  }
}

async function makeFilm(dataDir: string, seconds: number, capCents: number): Promise<LiveOutcome> {
  const log = openLog('fatal');
  const platform = await openPlatform({ databaseUrl: null, dataDir, policies }, log);
  const ctx: Ctx = { ...platform, actor: { name: 'doctor', workspaceId: LOCAL_WORKSPACE_ID } };
  const worker = await startWorker(ctx, { concurrency: 1, log });
  try {
    const { run } = await generateFilm(ctx, {
      prompt: PROMPT,
      provider: 'GOOGLE',
      targetClipDuration: seconds,
      targetDuration: seconds,
      crossfadeSeconds: 0,
      maxCostCents: capCents,
      stopAfter: null,
      idempotencyKey: null,
    });
    await untilEnded(ctx, run.id);
    return await readOutcome(ctx, run.id);
  } finally {
    await worker.close();
    await platform.close();
  }
}

/** A paused run has met its cap, or a limit of the day. */
async function untilEnded({ db }: Ctx, runId: string): Promise<void> {
  for (const until = Date.now() + LONGEST_MS; Date.now() < until; await sleep(LOOK_MS)) {
    const { status } = await db.pipelineRun.findUniqueOrThrow({ where: { id: runId } });
    if (isEnded(status) || status === 'PAUSED') return;
  }
}

async function fileOf(
  settings: GoogleSettings,
  exchanges: Exchange[],
  outcome: LiveOutcome,
  dataDir: string,
): Promise<AnswerFile> {
  const { surface, resolution, models } = settings;
  const whose = {
    secrets: surface === 'GEMINI' ? [settings.apiKey] : [],
    project: surface === 'VERTEX' ? settings.project : null,
    folders: [dataDir, homedir(), process.cwd(), tmpdir()],
  };
  const kept = await keepExchanges(exchanges, whose, measured);
  return {
    format: 'vidpipe: answers of Google, 1',
    day: new Date().toISOString().slice(0, 10),
    surface,
    resolution,
    models: Object.fromEntries(Object.entries(models).map(([call, { name }]) => [call, name])),
    transport: transportOf(kept),
    outcome,
    exchanges: kept,
  };
}

const measured: Measure = async (bytes) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'vidpipe-live-'));
  try {
    const file = path.join(folder, 'film');
    await writeFile(file, bytes);
    const { width, height, durationSeconds } = await probe(file);
    return { width, height, durationSeconds };
  } catch {
    return null;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
