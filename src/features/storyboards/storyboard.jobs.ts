/** The step that turns a prompt into scenes. */
import { DomainError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { scopesOf } from '../../core/scopes.ts';
import type { PipelineRun, Prisma, Project } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { throughOutages } from '../../platform/database/outage.ts';
import type { Receipt } from '../../providers/price.ts';
import type { Shortfall, StoryboardRequest } from '../../providers/capabilities/storyboard.ts';
import { requireCapability } from '../../providers/registry.ts';
import { readStoryboard, type StoryboardReading } from '../../providers/read-storyboard.ts';
import { sceneRange } from '../../providers/scene-range.ts';
import { projectIdOf } from '../projects/project-runs.ts';
import { requireModels } from './require-models.ts';
import type { StoryboardAnswer } from '../../providers/storyboard-answer.ts';
import { recordAudit } from '../audit/log/audit.ts';
import { type Intent, isFree, type Purchase, settle } from '../budget/reservation.ts';
import { spend } from '../budget/spend.ts';
import { defineStep } from '../runs/engine/step.ts';
import { projectInput, type ProjectInput } from '../projects/step-input.ts';
import { warn } from '../runs/run.ts';
import { reserve } from '../runs/engine/reserve.ts';
import { setAside } from '../runs/engine/set-aside.ts';
import { settleCall } from '../runs/engine/settle-call.ts';
import { takeRateSlot } from '../runs/engine/rate-slot.ts';
import { storyboardRequest } from './foresight.ts';
import { MAX_TRIES, paidTries, requireTry, storyboardSubject } from '../projects/paid-tries.ts';
import { PERHAPS_CUT, shortfallAfter } from './shortfall.ts';
import { columnOf, recordSpeech, speechOf } from './speech.ts';

/** The model's last answer does not fit, and is worth looking at. */
class UnusableStoryboard extends DomainError {
  readonly raw: unknown;

  constructor(raw: unknown, tries: number, problem: string) {
    super('STORYBOARD_INVALID', `The model gave no usable storyboard in ${tries} tries: ${problem}`);
    this.raw = raw;
  }
}

/** Seconds a model has to write a storyboard; ours, several times what a large one takes. */
const WRITE_LIMIT_SECONDS = 180;

/** `tried` counts the answers that were paid for and of no use. */
type Draft = {
  project: Project;
  run: PipelineRun;
  purchase: Purchase;
  tried: number;
  before: Shortfall | null;
};
/** One that makes a film, if perhaps a shorter one. */
type Usable = { raw: unknown } & Extract<StoryboardReading, { storyboard: StoryboardAnswer }>;
type Written = Usable & { purchase: Purchase; receipt: Receipt };

/** Asks the provider for a storyboard, again while the answer does not fit, and writes its scenes. */
export const storyboardStep = defineStep<ProjectInput, Draft, Written>({
  name: 'storyboard',
  input: projectInput,
  key: () => 'storyboard',
  retryPolicy: { limit: 3, delaySeconds: 1 },

  buys: {
    call: 'STORYBOARD',
    ask: (ctx, run) => requireModels(ctx, run, ['STORYBOARD', 'KEYFRAME', 'CLIP']),
    isFree: ({ purchase }) => isFree(purchase),
    acceptLate: (tx, ctx, run, _draft, written) => keepWritten(tx, ctx, run, written),
    bill: (tx, ctx, run, _input, { purchase, receipt }) =>
      settleCall(tx, ctx, run, 'STORYBOARD', purchase, receipt),
  },

  async begin(tx, _ctx, run, { projectId }) {
    if ((await tx.scene.count({ where: { projectId } })) > 0) return null;
    const project = await tx.project.findUniqueOrThrow({ where: { id: projectId } });
    await takeRateSlot(tx, run, project.provider, 'STORYBOARD');
    const tried = await paidTries(tx, run);
    const before = tried > 0 ? PERHAPS_CUT : null;
    const purchase = await reserve(tx, run, intentOf(project, before));
    if (isFree(purchase)) return { project, run, purchase, tried: 0, before };
    requireTry(tried);
    return { project, run, purchase, tried, before };
  },

  async work(ctx, { project, run, purchase: first, tried, before: earlier }, signal) {
    const writer = requireCapability(project.provider, 'STORYBOARD');
    let best: Usable | null = null;
    let before = earlier;
    for (let attempt = tried, purchase = first; ; attempt++) {
      const request: StoryboardRequest = { ...storyboardRequest(project), before };
      const {
        answer: raw,
        cut = null,
        ...receipt
      } = await spend(ctx, { purchase, signal, limitSeconds: WRITE_LIMIT_SECONDS }, (pay) =>
        pay((reservation, options) => writer.call(request, reservation, options)),
      );
      const reading = readCut(readStoryboard(raw, sceneRange(request)), cut);
      // One that is cut off with all the room there is would be so again.
      const isLast = attempt + 1 === MAX_TRIES || (cut !== null && before?.needsRoom === true);
      if ('storyboard' in reading && (!best || scenesOf(reading) >= scenesOf(best)))
        best = { raw, ...reading };
      if (best && (best.isWhole || isLast)) return { ...best, purchase, receipt };
      // Of no use, or of less than was asked for; but paid for.
      await throughOutages(() => ctx.db.$transaction((tx) => settle(tx, ctx.actor, purchase, receipt)));
      const shortfall = shortfallAfter(before, { problem: problemOf(reading), wasCut: cut !== null });
      if (isLast) throw new UnusableStoryboard(raw, attempt + 1, shortfall.problem);
      signal.throwIfAborted();
      before = shortfall;
      purchase = await setAside(ctx, run.id, (tx) => reserve(tx, run, intentOf(project, shortfall)));
    }
  },

  async finish(tx, ctx, run, _input, written) {
    await keepWritten(tx, ctx, run, written);
  },

  async fail(tx, _ctx, _run, { projectId }, { cause }) {
    if (cause instanceof UnusableStoryboard) await keepAnswer(tx, projectId, cause.raw);
  },
});

/** What an answer comes to that ended before its time: never whole, for its last scenes are missing. */
function readCut(reading: StoryboardReading, cut: string | null): StoryboardReading {
  if (cut === null) return reading;
  if ('problem' in reading) return { problem: cut };
  return {
    ...reading,
    isWhole: false,
    changes: [...reading.changes, `${cut} What it held by then is filmed.`],
  };
}

const problemOf = (reading: StoryboardReading): string =>
  'problem' in reading ? reading.problem : reading.changes.join(' ');

const scenesOf = ({ storyboard }: Pick<Usable, 'storyboard'>): number => storyboard.scenes.length;

const intentOf = (project: Project, before: Shortfall | null = null): Intent => ({
  provider: project.provider,
  call: 'STORYBOARD',
  quote: requireCapability(project.provider, 'STORYBOARD').quote({ ...storyboardRequest(project), before }),
  subject: storyboardSubject(project.id),
});

/** Settles the bill and writes the scenes, unless others have been written meanwhile. */
async function keepWritten(tx: Tx, ctx: Ctx, run: PipelineRun, written: Written): Promise<void> {
  const projectId = projectIdOf(run);
  await settleCall(tx, ctx, run, 'STORYBOARD', written.purchase, written.receipt);
  if ((await tx.scene.count({ where: { projectId } })) > 0) return;
  await keepAnswer(tx, projectId, written.raw);
  await writeScenes(tx, ctx, run.id, projectId, written.storyboard);
  for (const change of written.changes) await warn(tx, ctx.actor, run, change, { projectId });
}

const keepAnswer = (tx: Tx, projectId: string, raw: unknown) =>
  tx.project.update({ where: { id: projectId }, data: { storyboardRaw: toJson(raw) } });

const toJson = (value: unknown) => JSON.parse(JSON.stringify(value ?? null)) as Prisma.InputJsonValue;

async function writeScenes(
  tx: Tx,
  ctx: Ctx,
  runId: string,
  projectId: string,
  { style_guide: style, scenes }: StoryboardAnswer,
): Promise<void> {
  const project = await tx.project.update({
    where: { id: projectId },
    data: {
      styleGuide: {
        visualStyle: style.visual_style,
        colorPalette: style.color_palette,
        cameraStyle: style.camera_style,
      },
    },
  });
  for (const [sceneIndex, scene] of scenes.entries()) {
    const { narration = null } = scene;
    const speech = speechOf({ narration, softening: 0 }, project);
    const written = await tx.scene.create({
      data: {
        id: newId(),
        projectId,
        sceneIndex,
        sceneDescription: scene.scene_description,
        startFramePrompt: scene.start_frame_prompt,
        endFramePrompt: scene.end_frame_prompt,
        videoMotionPrompt: scene.video_motion_prompt,
        transitionNotes: scene.transition_notes,
        narration,
        spokenNarration: columnOf(speech),
      },
    });
    await recordAudit(tx, ctx.actor, {
      subject: { type: 'Scene', id: written.id },
      scopes: scopesOf({ Project: projectId, PipelineRun: runId }),
      eventType: 'STATE_CHANGE',
      version: 0,
      message: `Scene ${sceneIndex + 1} was written.`,
      details: { from: null, to: 'PENDING', sceneIndex },
    });
    await recordSpeech(tx, ctx.actor, { id: runId }, written, speech);
  }
}
