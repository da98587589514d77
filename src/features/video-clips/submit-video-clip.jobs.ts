/** The step that buys a scene's clip from a provider. */
import { messageOf } from '../../core/outside-text.ts';
import { scopeOf } from '../../core/scopes.ts';
import type { VideoClip } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import { throughOutages } from '../../platform/database/outage.ts';
import type { AspectRatio } from '../../providers/aspect-ratio.ts';
import type { BoughtClip, ClipOrder, RemoteClips, SubmitOptions } from '../../providers/capabilities/clip.ts';
import type { Reservation } from '../../providers/reservation.ts';
import { isBlocked, ProviderError } from '../../providers/provider-error.ts';
import { requireCapability } from '../../providers/registry.ts';
import { readOpenCalls } from '../budget/ledger.sql.ts';
import { AnswerMissing, OutcomeUnknown } from '../budget/outcome-unknown.ts';
import { type Intent, wasGivenBack } from '../budget/reservation.ts';
import { LostGoods, spend } from '../budget/spend.ts';
import { reserve } from '../runs/engine/reserve.ts';
import { defineStep } from '../runs/engine/step.ts';
import { sceneInput, type SceneInput } from '../projects/step-input.ts';
import { videoClipStepKey } from './step-key.ts';
import { inRateSlot, takeRateSlot } from '../runs/engine/rate-slot.ts';
import { requireModels } from '../storyboards/require-models.ts';
import { moveScene } from '../storyboards/scene-state.ts';
import { bookVideoClip, videoClipSubject } from './video-clip-bill.ts';
import { CURRENT_CLIP } from './current-clip.ts';
import { type Answer, keepAnswer, keepLateAnswer, operationOf, type Submission } from './keep-answer.ts';
import { waitForOrder } from './order-anew.ts';
import { notesOf } from './provider-notes.ts';
import { requireRemote } from './remote-clips.ts';
import { failVideoClip } from './settle-video-clip.ts';
import { readSceneAndVideoClip, readClipInputs, type ClipInputs, withOrder } from './clip-inputs.ts';
import { putAway } from './unkept-video-clip.ts';
import { moveVideoClip } from './video-clip-state.ts';
import { hasEnded, takeVideoClip } from './video-clip.ts';

/** Seconds a provider has to accept or refuse, unless its adapter says otherwise; after that nobody knows. */
const SUBMIT_LIMIT_SECONDS = 60;

const NOBODY_KNOWS =
  'Nobody knows whether the provider accepted it; look there, then settle it with settleUnknownVideoClip.';

const acceptedAs = (operationName: string) =>
  `The provider took it as operation ${operationName}; settle it with settleUnknownVideoClip, by that name.`;

/**
 * Buys a clip, at most once: the intent is committed before the call, the operation's name after it. Between the
 * two a crash leaves a clip of which nobody knows, and that is never bought again by itself. A provider may tell the name
 * long before it has answered: a clip whose worker died after that is asked about by it.
 */
export const submitVideoClipStep = defineStep<SceneInput, Submission, Answer>({
  name: 'submit-clip',
  input: sceneInput,
  key: videoClipStepKey,
  retryPolicy: { limit: 5, delaySeconds: 2 },

  buys: {
    call: 'CLIP',

    async ask(ctx, run, { sceneId }) {
      const clip = await ctx.db.videoClip.findFirst({ where: { sceneId, ...CURRENT_CLIP } });
      // One that is asked for already, or is bought, is not bought now.
      if (!clip || clip.status === 'PENDING' || hasEnded(clip)) await requireModels(ctx, run, ['CLIP']);
    },

    acceptLate: keepLateAnswer,

    async hasAnswer(tx, { sceneId }) {
      const { clip } = await readSceneAndVideoClip(tx, sceneId);
      return clip.status !== 'PENDING' && clip.status !== 'SUBMITTING';
    },

    // The name is all that leads back to what was bought; what it costs, nobody knows before it ends.
    async bill(tx, ctx, _run, { sceneId }, answer) {
      if ('refusal' in answer) return;
      const { clip } = await readSceneAndVideoClip(tx, sceneId);
      await bookVideoClip(tx, ctx.actor, clip, 'UNKNOWN');
      await tx.videoClip.update({ where: { id: clip.id }, data: { operationName: answer.operationName } });
    },
  },

  async begin(tx, ctx, run, { sceneId }) {
    const { scene, clip } = await takeVideoClip(tx, ctx.actor, run, sceneId);
    if (clip.status === 'SUBMITTING' && clip.operationName !== null) {
      const operation = await operationOf(tx, scene, { operationName: clip.operationName });
      await moveVideoClip(tx, ctx.actor, run, scene, clip, 'SUBMITTED', operation);
      return null;
    }
    if (clip.status === 'SUBMITTING') {
      const [open] = await readOpenCalls(tx, { subject: videoClipSubject(clip.id) });
      if (open) throw new AnswerMissing(open.operationKey);
      // Nobody was charged, and whoever learnt that could not say it of the clip: it may be asked for again.
      if (await wasGivenBack(tx, videoClipSubject(clip.id)))
        await moveVideoClip(tx, ctx.actor, run, scene, clip, 'PENDING');
      else await failVideoClip(tx, ctx, run, { scene, clip }, 'UNKNOWN', NOBODY_KNOWS);
      return null;
    }
    if (clip.status !== 'PENDING') return null;
    await waitForOrder(tx, clip);
    const inputs = await readClipInputs(tx, scene);
    const slot = await takeRateSlot(tx, run, inputs.project.provider, 'CLIP');
    const purchase = await reserve(tx, run, intentOf(inputs, clip));
    await moveScene(tx, ctx.actor, run, scene, 'VIDEO_GENERATING');
    await moveVideoClip(tx, ctx.actor, run, scene, clip, 'SUBMITTING');
    return {
      ...inputs,
      slot,
      purchase,
      clip: await tx.videoClip.findUniqueOrThrow({ where: { id: clip.id } }),
    };
  },

  // Not ended by the worker's signal: a call cut short may have been accepted.
  work: buy,

  async finish(tx, ctx, run, { sceneId }, answer) {
    const { scene, clip } = await readSceneAndVideoClip(tx, sceneId);
    await keepAnswer(tx, ctx, run, { scene, clip }, answer);
  },

  async retry(tx, ctx, run, { sceneId }) {
    const { scene, clip } = await readSceneAndVideoClip(tx, sceneId);
    await moveVideoClip(tx, ctx.actor, run, scene, clip, 'PENDING');
  },

  async fail(tx, ctx, run, { sceneId }, { message, cause }) {
    // One whose model was refused before the step began may have none yet.
    const sceneWithClip = await takeVideoClip(tx, ctx.actor, run, sceneId);
    const wasNotAsked = sceneWithClip.clip.status === 'PENDING' && !(cause instanceof OutcomeUnknown);
    if (wasNotAsked || wasRefused(cause))
      return failVideoClip(tx, ctx, run, sceneWithClip, 'FAILED', message);
    const why = cause instanceof OutcomeUnknown ? cause.why : message;
    const { operationName } = sceneWithClip.clip;
    const known = operationName === null ? NOBODY_KNOWS : acceptedAs(operationName);
    await failVideoClip(tx, ctx, run, sceneWithClip, 'UNKNOWN', `${known} (${why})`);
  },
});

const intentOf = ({ scene, project, references }: ClipInputs, clip: VideoClip): Intent => ({
  provider: project.provider,
  call: 'CLIP',
  quote: requireCapability(project.provider, 'CLIP').quote({
    durationSeconds: project.targetClipDuration,
    aspectRatio: project.aspectRatio as AspectRatio,
    clipsFrom: project.clipsFrom,
    references: references.length,
    sound: project.sound && !scene.withoutSound,
  }),
  subject: videoClipSubject(clip.id),
  scopes: [scopeOf('Scene', scene.id)],
});

/** Whatever fails before the call leaves nothing bought, and may be tried again. */
async function buy(ctx: Ctx, { purchase, slot, ...inputs }: Submission): Promise<Answer> {
  const clips = requireRemote(inputs.project);
  const limitSeconds = clips.submitSeconds ?? SUBMIT_LIMIT_SECONDS;
  const signal = AbortSignal.timeout(limitSeconds * 1_000);
  const onNamed = (operationName: string) => keepName(ctx, inputs.clip, operationName);
  try {
    // All of it within: what fails outside of it leaves the reservation open, and the next try would take it for a call.
    return await spend(ctx, { purchase, signal, limitSeconds }, (pay) =>
      ctx.storage.withTemporary('mp4', async (toFile) => {
        const more = { onNamed, toFile, notes: notesOf(ctx, inputs.project) };
        const answer = await withOrder(ctx, inputs, (clip) =>
          inRateSlot(ctx, slot, () =>
            pay((reservation, options) => submit(clips, clip, reservation, { ...options, ...more })),
          ),
        );
        return putAway(ctx, inputs, toFile, answer);
      }),
    );
  } catch (error) {
    if (isBlocked(error)) return { refusal: { words: error.message, refusedInput: error.refusedInput } };
    if (isOfCall(error)) throw error;
    throw new ProviderError('NOT_ACCEPTED', messageOf(error), { cause: error });
  }
}

const isOfCall = (error: unknown): boolean =>
  [ProviderError, OutcomeUnknown, LostGoods].some((kind) => error instanceof kind);

/** Only to the clip that waits for this very call. The answer brings the name once more. */
async function keepName({ db }: Pick<Ctx, 'db'>, clip: VideoClip, operationName: string): Promise<void> {
  const { id, version } = clip;
  const where = { id, version, status: 'SUBMITTING' as const };
  await throughOutages(() => db.videoClip.updateMany({ where, data: { operationName } })).catch(() => {});
}

async function submit(
  clips: RemoteClips,
  order: ClipOrder,
  reservation: Reservation,
  options: SubmitOptions,
): Promise<BoughtClip> {
  try {
    return await clips.submit(order, reservation, options);
  } catch (error) {
    if (error instanceof ProviderError) throw error;
    throw new ProviderError('UNKNOWN', messageOf(error), { cause: error });
  }
}

const wasRefused = (cause: unknown) => cause instanceof ProviderError && cause.outcome !== 'UNKNOWN';
