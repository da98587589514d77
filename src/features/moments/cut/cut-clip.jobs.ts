/** The step that cuts a moment out of its video. */
import { z } from 'zod';
import { newId } from '../../../core/ids.ts';
import type { Moment, PipelineRun, Prisma, Video } from '../../../generated/prisma/client.ts';
import type { Framing } from '../../../media/cut/framing.ts';
import { cutClip, type CutClip } from '../../../media/cut/cut-clip.ts';
import { uprightOf } from '../../../media/read/upright.ts';
import type { ShotByHand } from '../../../media/reframe/by-hand.ts';
import { framingFor } from '../../../media/reframe/framing-for.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { keepPatiently } from '../../../platform/storage/keep-patiently.ts';
import type { SpokenWord } from '../../../text/timed-words.ts';
import { fileKeys } from '../../assets/file-keys.ts';
import { defineStep } from '../../runs/engine/step.ts';
import { warn } from '../../runs/run.ts';
import { isFitForCaptions } from '../../transcripts/trust.ts';
import { wordsOf } from '../../transcripts/text-columns.ts';
import type { StoredWord } from '../../transcripts/transcript.ts';
import { surveyOf } from '../../videos/survey/survey.ts';
import { storedFraming } from '../framing/stored-framing.ts';
import { recordClip, recordMoment } from '../record-moment.ts';
import { cutDigestOf } from './cut-digest.ts';
import { type CutOptions, cutOptions } from './cut-options.ts';
import { padded } from './padded.ts';

export const momentInput = z.object({ momentId: z.uuid() });
export type MomentInput = z.infer<typeof momentInput>;

type Cut = {
  moment: Moment;
  video: Video;
  startSeconds: number;
  endSeconds: number;
  /** Those that captions show. */
  words: SpokenWord[];
  /** When other shots of the video begin. */
  cuts: number[];
  byHand: ShotByHand[];
  options: CutOptions;
  digest: string;
};
type Made = { filePath: string; digest: string; clip: CutClip };

/**
 * Cuts a moment out of its video, in place of the clip that it had. One that has the clip that would be cut is left as it is.
 */
export const cutClipStep = defineStep<MomentInput, Cut, Made>({
  name: 'cut-clip',
  input: momentInput,
  key: ({ momentId }) => `cut:${momentId}`,
  retryPolicy: { limit: 3, delaySeconds: 1 },

  async begin(tx, ctx, run, { momentId }) {
    const read = await readMoment(tx, momentId);
    // Thrown out or deleted while it waited.
    if (!read || read.discardedAt !== null) return null;
    const { video: film, clip, ...moment } = read;
    const { transcript, survey, ...video } = film;
    const options = cutOptions.parse(run.options);
    const digest = cutDigestOf({ moment, transcript, options });
    if (clip?.cutDigest === digest) return null;
    const words = transcript ? wordsOf(transcript) : [];
    const isShown = transcript === null || options.captionsFromDraft || isFitForCaptions(transcript);
    if (!isShown && options.captions !== 'NONE') await warn(tx, ctx.actor, run, UNFIT);
    const stretch = { startSeconds: moment.startTime, endSeconds: moment.endTime };
    const { paddingSeconds } = options;
    const { durationSeconds } = video;
    const heard = survey ? surveyOf(survey) : { loudness: null, shotChanges: [] };
    return {
      moment,
      video,
      ...padded(stretch, words, heard, { paddingSeconds, durationSeconds }),
      words: near(words, stretch, paddingSeconds),
      cuts: heard.shotChanges,
      byHand: storedFraming.parse(moment.framing),
      options: isShown ? options : { ...options, captions: 'NONE' as const },
      digest,
    };
  },

  async work({ db, storage }, cut, signal) {
    const { moment, video, startSeconds, endSeconds, words, options, digest } = cut;
    const made = await fileKeys(db);
    const filePath = made.keyOf(video.workspaceId, `clip:${moment.id}:${digest}`, 'mp4');
    const captions = { style: options.captions, words };
    return storage.withFiles([video.filePath], ([file = '']) =>
      storage.withTemporary('mp4', async (toFile) => {
        const framing = await framed(file, cut, signal);
        const clip = await cutClip(
          { file, toFile, startSeconds, endSeconds, captions, ...(framing && { framing }) },
          { signal },
        );
        await keepPatiently(storage, toFile, filePath, signal);
        return { filePath, digest, clip };
      }),
    );
  },

  async finish(tx, ctx, run, { momentId }, { filePath, digest, clip }) {
    const read = await readMoment(tx, momentId);
    if (!read) return;
    const { video, clip: old, ...moment } = read;
    if (old) await tx.clip.delete({ where: { id: old.id } });
    const row = await tx.clip.create({ data: rowOf(moment, { filePath, digest, clip }) });
    await tx.moment.update({ where: { id: momentId }, data: NO_CLIP_ERROR });
    await countClip(tx, run);
    await recordClip(tx, ctx.actor, { video, run }, row, {
      message: `"${moment.title}" is cut (${clip.durationSeconds.toFixed(2)} s).`,
      details: { from: old && 'CUT', to: 'CUT', momentId, durationSeconds: clip.durationSeconds },
    });
  },

  async fail(tx, ctx, run, { momentId }, { code, message }) {
    const read = await readMoment(tx, momentId);
    if (!read) return;
    const data = { clipErrorCode: code, clipErrorMessage: message, version: { increment: 1 } };
    const moment = await tx.moment.update({ where: { id: momentId }, data });
    await recordMoment(tx, ctx.actor, { video: read.video, run }, moment, {
      level: 'WARNING',
      message: `"${moment.title}" could not be cut: ${message}`,
      details: { errorCode: code },
    });
  },
});

const UNFIT =
  'A clip has no captions: half of the words may be wrong, as the recogniser says. Correct them, bring subtitles, or ask for captions from a draft.';

/** A moment that nothing keeps from being cut. */
export const NO_CLIP_ERROR = { clipErrorCode: null, clipErrorMessage: null };

type Read = Prisma.MomentGetPayload<{
  include: { clip: true; video: { include: { transcript: true; survey: true } } };
}>;

const readMoment = (tx: Tx, id: string): Promise<Read | null> =>
  tx.moment.findUnique({
    where: { id },
    include: { clip: true, video: { include: { transcript: true, survey: true } } },
  });

const countClip = (tx: Tx, { id, totalClips }: PipelineRun): Promise<unknown> =>
  tx.pipelineRun.update({
    where: { id },
    data: { totalClips: totalClips === null ? 1 : { increment: 1 } },
  });

/** With as much around a moment as its clip may show. */
const near = (
  words: readonly SpokenWord[],
  { startSeconds, endSeconds }: { startSeconds: number; endSeconds: number },
  paddingSeconds: number,
): SpokenWord[] =>
  words.filter(
    (word) =>
      word.endSeconds >= startSeconds - paddingSeconds && word.startSeconds <= endSeconds + paddingSeconds,
  );

/** By the faces in it and what a person said of its shots; null where its pictures stay as they are. */
async function framed(
  file: string,
  { startSeconds, endSeconds, words, cuts, byHand, options }: Cut,
  signal: AbortSignal,
): Promise<Framing | null> {
  const aspect = options.aspectRatio;
  if (aspect === 'SOURCE' && byHand.length === 0) return null;
  const picture = await uprightOf(file, { signal });
  const clip = { file, picture, startSeconds, endSeconds, aspect, cuts, byHand, words };
  return (await framingFor(clip, { signal }))?.framing ?? null;
}

const rowOf = (moment: Moment, { filePath, digest, clip }: Made): Prisma.ClipUncheckedCreateInput => ({
  id: newId(),
  momentId: moment.id,
  videoId: moment.videoId,
  filePath,
  startTime: clip.startSeconds,
  endTime: clip.endSeconds,
  paddingLeft: Math.max(0, moment.startTime - clip.startSeconds),
  paddingRight: Math.max(0, clip.endSeconds - moment.endTime),
  durationSeconds: clip.durationSeconds,
  fileSizeBytes: BigInt(clip.fileSizeBytes),
  format: 'mp4',
  videoCodec: clip.videoCodec,
  audioCodec: clip.audioCodec,
  resolution: `${clip.width}x${clip.height}`,
  words: clip.words.map(({ word, startSeconds, endSeconds }): StoredWord => ({
    word,
    start: startSeconds,
    end: endSeconds,
  })),
  cutDigest: digest,
});
