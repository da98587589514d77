/** Twenty films of every kind, made with the paid test provider: the bill of each lies within its estimate. */
import { beforeAll, expect, test } from 'vitest';
import { readCost } from '../../src/features/budget/balance.ts';
import { projectScope } from '../../src/features/projects/project-runs.ts';
import { settleUnknownVideoClip } from '../../src/features/pipelines/control/settle-unknown-video-clip.ts';
import { resumeProject } from '../../src/features/pipelines/control/control.ts';
import { estimateNewFilm, estimateRetry } from '../../src/features/pipelines/confirm/film-estimate.ts';
import { generateFilm, launchRun } from '../../src/features/pipelines/confirm/launch.ts';
import { retryScene } from '../../src/features/pipelines/control/retry-scene.ts';
import type { RunStage } from '../../src/generated/prisma/client.ts';
import type { Ctx } from '../../src/platform/context.ts';
import { usePaidStudio } from '../support/paid-film.ts';
import type { Call, Trouble } from '../support/paid-provider/protocol.ts';
import { runEnd } from '../support/run-end.ts';

const FILMS_MILLISECONDS = 600_000;

let ctx: Ctx;
const studio = usePaidStudio({ workers: 3, operationMs: 50 });
beforeAll(() => {
  ({ ctx } = studio.platform);
});

type Bounds = { low: number; likely: number; high: number };
type Made = { projectId: string; sceneIds: string[]; tag: string };

type Film = {
  scenes: number;
  /** Of a clip. */
  seconds: number;
  aspectRatio?: string;
  /** Whether the prompt alone decides how many scenes there are. */
  isOpenEnded?: boolean;
  stopAfter?: RunStage;
  /** Trouble with a call about a scene, counted from 1; with the storyboard, about none. */
  faults?: [call: Call, scene: number | null, trouble: Trouble, times?: number][];
  /** What a person does after the first run; @returns what was estimated meanwhile, if they had something made anew. */
  afterwards?(made: Made): Promise<Bounds | void>;
};

const later = (status: number): Trouble => ({ kind: 'STATUS', status, retryAfterSeconds: 0 });

const goOn = async ({ projectId }: Made) => {
  const run = await resumeProject(ctx, { projectId });
  await runEnd(ctx, run.id);
};

const retry = async ({ sceneIds }: Made, scene: number) => {
  const run = await retryScene(ctx, { sceneId: sceneIds[scene - 1] ?? '' });
  await runEnd(ctx, run.id);
};

/** Has a finished scene made again; @returns what that was estimated to come to before it was asked for. */
async function redo(made: Made, scene: number): Promise<Bounds> {
  const project = await ctx.db.project.findUniqueOrThrow({ where: { id: made.projectId } });
  const { totalMicroUsd } = await estimateRetry(ctx, project, made.sceneIds[scene - 1] ?? '');
  await retry(made, scene);
  return totalMicroUsd;
}

/** Looks up at the provider what became of a clip of which nobody knew, and says so. */
async function settle({ sceneIds, tag }: Made, scene: number): Promise<void> {
  const clip = await ctx.db.videoClip.findFirstOrThrow({
    where: { sceneId: sceneIds[scene - 1] ?? '', supersededAt: null },
  });
  const sold = await studio.server.ledger();
  const bought = sold.find(({ kind, subject }) => kind === 'CLIP' && subject.includes(`${tag}s${scene}.`));
  const operationName = bought?.operationName;
  const outcome = operationName
    ? ({ kind: 'HAS_OPERATION', operationName } as const)
    : ({ kind: 'NOT_CHARGED' } as const);
  const { run } = await settleUnknownVideoClip(ctx, { videoClipId: clip.id, outcome });
  await runEnd(ctx, run?.id ?? '');
}

const FILMS: Record<string, Film> = {
  'one scene of a second': { scenes: 1, seconds: 1 },
  'two scenes, upright': { scenes: 2, seconds: 2, aspectRatio: '9:16' },
  'three square scenes': { scenes: 3, seconds: 1, aspectRatio: '1:1', stopAfter: 'CLIPS' },
  'six scenes': { scenes: 6, seconds: 1, stopAfter: 'CLIPS' },
  'one long clip': { scenes: 1, seconds: 8, stopAfter: 'CLIPS' },
  'as many scenes as the prompt has': { scenes: 4, seconds: 1, isOpenEnded: true, stopAfter: 'CLIPS' },
  'the same, one scene': {
    scenes: 1,
    seconds: 3,
    isOpenEnded: true,
    aspectRatio: '9:16',
    stopAfter: 'CLIPS',
  },
  'frames alone': { scenes: 3, seconds: 4, stopAfter: 'KEYFRAMES' },
  'frames first, clips later': { scenes: 2, seconds: 1, stopAfter: 'KEYFRAMES', afterwards: launchRest },
  'a storyboard that was put off': {
    scenes: 1,
    seconds: 1,
    faults: [['STORYBOARD', null, later(429)]],
    stopAfter: 'CLIPS',
  },
  'a useless storyboard': {
    scenes: 2,
    seconds: 1,
    faults: [['STORYBOARD', null, { kind: 'USELESS' }]],
    stopAfter: 'CLIPS',
  },
  'two useless storyboards, one put off between': {
    scenes: 1,
    seconds: 1,
    faults: [
      ['STORYBOARD', null, { kind: 'USELESS' }],
      ['STORYBOARD', null, later(503)],
      ['STORYBOARD', null, { kind: 'USELESS' }],
    ],
    stopAfter: 'CLIPS',
  },
  'frames that were put off': {
    scenes: 2,
    seconds: 1,
    faults: [
      ['KEYFRAME', 1, later(429)],
      ['KEYFRAME', 2, later(503), 2],
    ],
    stopAfter: 'CLIPS',
  },
  'clips that were put off': {
    scenes: 2,
    seconds: 2,
    faults: [
      ['SUBMIT', 1, later(503), 2],
      ['SUBMIT', 2, later(429)],
    ],
    stopAfter: 'CLIPS',
  },
  'a clip that failed, and a resume': {
    scenes: 2,
    seconds: 1,
    faults: [['SUBMIT', 2, { kind: 'ENDS', end: 'FAILED' }]],
    afterwards: goOn,
  },
  'a filtered clip, retried': {
    scenes: 2,
    seconds: 3,
    faults: [['SUBMIT', 1, { kind: 'ENDS', end: 'FILTERED' }]],
    afterwards: (made) => retry(made, 1),
  },
  'two filtered clips, retried': {
    scenes: 3,
    seconds: 1,
    faults: [
      ['SUBMIT', 1, { kind: 'ENDS', end: 'FILTERED' }],
      ['SUBMIT', 3, { kind: 'ENDS', end: 'FILTERED' }],
    ],
    async afterwards(made) {
      await retry(made, 1);
      await retry(made, 3);
    },
  },
  'a clip of which nobody knew, and it was bought': {
    scenes: 2,
    seconds: 1,
    faults: [['SUBMIT', 2, { kind: 'RESET', accepted: true }]],
    afterwards: (made) => settle(made, 2),
  },
  'a clip of which nobody knew, and it was not bought': {
    scenes: 2,
    seconds: 2,
    faults: [['SUBMIT', 1, { kind: 'RESET' }]],
    afterwards: (made) => settle(made, 1),
  },
  'a finished scene made again': { scenes: 2, seconds: 1, afterwards: (made) => redo(made, 2) },
};

async function launchRest({ projectId }: Made): Promise<void> {
  const options = { stopAfter: 'CLIPS', crossfadeSeconds: 0, idempotencyKey: null } as const;
  await runEnd(ctx, (await launchRun(ctx, { projectId, ...options })).id);
}

/** Estimates, makes and pays for a film. */
async function make(film: Film, tag: string): Promise<Bounds & { actual: number; charged: number }> {
  const { scenes, seconds, aspectRatio = '16:9', isOpenEnded = false, faults = [], stopAfter = null } = film;
  for (const [call, scene, trouble, times = 1] of faults) {
    const subject = scene === null ? `${tag}s` : `${tag}s${scene}.`;
    await studio.server.fault({ call, subject, times, ...trouble });
  }
  const input = {
    prompt: Array.from({ length: scenes }, (_, index) => `A fox meets ${tag}s${index + 1}.`).join(' '),
    aspectRatio,
    targetClipDuration: seconds,
    targetDuration: isOpenEnded ? null : seconds * scenes,
    stopAfter,
    crossfadeSeconds: 0,
    idempotencyKey: null,
  };
  // A film that is finished in two goes is asked about as a whole.
  const asked = await estimateNewFilm(ctx, { ...input, stopAfter: film.afterwards ? null : stopAfter });
  const { project, run } = await generateFilm(ctx, input);
  await runEnd(ctx, run.id);
  const projectId = project.id;
  const rows = await ctx.db.scene.findMany({ where: { projectId }, orderBy: { sceneIndex: 'asc' } });
  const anew = await film.afterwards?.({ projectId, sceneIds: rows.map(({ id }) => id), tag });
  const cost = await readCost(ctx.db, projectScope(projectId));
  expect(cost).toMatchObject({ reservedMicroUsd: 0, unknownMicroUsd: 0 });
  expect(rows).toHaveLength(scenes);
  const { low, likely, high } = anew ?? asked.totalMicroUsd;
  return { low, likely, high, actual: cost.settledMicroUsd, charged: await chargedFor(tag) };
}

/** What the provider's own books have of a film. */
async function chargedFor(tag: string): Promise<number> {
  const sold = (await studio.server.ledger()).filter(({ subject }) => subject.includes(`${tag}s`));
  return sold.reduce((sum, { chargedMicroUsd }) => sum + chargedMicroUsd, 0);
}

test(
  'the bill lies within the estimate, and is the provider’s',
  { timeout: FILMS_MILLISECONDS },
  async () => {
    const films = Object.entries(FILMS);
    expect(films).toHaveLength(20);
    const bills = await Promise.all(
      films.map(async ([name, film], index) => ({ name, ...(await make(film, `film${index}`)) })),
    );
    console.table(bills);
    const isWrong = ({ low, high, actual, charged }: (typeof bills)[number]) =>
      actual < low || actual > high || actual !== charged;
    expect(bills.filter(isWrong)).toEqual([]);
  },
);

test('a film that is left with a gap costs less than its low end by the clip that it lacks', async () => {
  const faults: Film['faults'] = [['SUBMIT', 2, { kind: 'ENDS', end: 'FILTERED' }]];
  const { low, actual } = await make({ scenes: 2, seconds: 1, faults, stopAfter: 'CLIPS' }, 'gap');
  expect(actual).toBe(low - 100_000);
});
