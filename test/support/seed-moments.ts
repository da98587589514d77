/** Rows as finding and cutting leave them, without doing either. */
import { createHash } from 'node:crypto';
import { newId } from '../../src/core/ids.ts';
import type { Prisma, PrismaClient } from '../../src/generated/prisma/client.ts';

export type MomentSeed = Record<
  'transcriptId' | 'promptId' | 'configId' | 'momentId' | 'childId' | 'clipId' | 'thumbnailId',
  string
>;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export const transcriptOf = (videoId: string): Prisma.TranscriptUncheckedCreateInput => ({
  id: newId(),
  videoId,
  fullText: 'Hello there.',
  wordTimestamps: [
    { word: 'Hello', start: 0, end: 0.5 },
    { word: 'there.', start: 0.5, end: 1 },
  ],
  segmentTimestamps: [{ text: 'Hello there.', start: 0, end: 1, numberOfWords: 2 }],
  language: 'en',
  numberOfWords: 2,
  numberOfSegments: 1,
  transcriptionService: 'SUBTITLES',
  processingTimeSeconds: 0.1,
});

export const promptOf = (workspaceId: string): Prisma.PromptUncheckedCreateInput => {
  const id = newId();
  return { id, workspaceId, userPrompt: id, systemPrompt: '', promptHash: sha256(id) };
};

export const configOf = (
  workspaceId: string,
  promptId: string,
): Prisma.GenerationConfigUncheckedCreateInput => {
  const id = newId();
  const limits = { minMomentLength: 1, maxMomentLength: 60, minMoments: 1, maxMoments: 3 };
  const model = { model: 'LEXICAL', operationType: 'GENERATION' as const };
  return { id, workspaceId, promptId, ...model, ...limits, configHash: sha256(id) };
};

export const momentOf = (videoId: string): Prisma.MomentUncheckedCreateInput => {
  const id = newId();
  return { id, identifier: `moment-${id}`, videoId, startTime: 0.5, endTime: 3, title: 'A moment' };
};

export const clipOf = (momentId: string, videoId: string): Prisma.ClipUncheckedCreateInput => ({
  id: newId(),
  momentId,
  videoId,
  filePath: `files/${newId()}.mp4`,
  startTime: 0.4,
  endTime: 3.1,
  paddingLeft: 0.1,
  paddingRight: 0.1,
  durationSeconds: 2.7,
  fileSizeBytes: 1n,
  format: 'mp4',
  videoCodec: 'h264',
  resolution: '1080x1920',
});

export const thumbnailOf = (
  of: { videoId: string } | { clipId: string },
): Prisma.ThumbnailUncheckedCreateInput => ({
  id: newId(),
  ...of,
  filePath: `files/${newId()}.jpg`,
  fileSizeBytes: 1n,
  atSeconds: 1,
});

/** For a film: a transcript, a configuration for it alone, a moment and one that refines it, a clip and its still. */
export async function seedMoments(
  db: PrismaClient,
  workspaceId: string,
  videoId: string,
): Promise<MomentSeed> {
  const { id: transcriptId } = await db.transcript.create({ data: transcriptOf(videoId) });
  const { id: promptId } = await db.prompt.create({ data: promptOf(workspaceId) });
  const config = { ...configOf(workspaceId, promptId), transcriptId };
  const { id: configId } = await db.generationConfig.create({ data: config });
  const found = { generationConfigId: configId, generationModel: 'LEXICAL' };
  const { id: momentId } = await db.moment.create({ data: { ...momentOf(videoId), ...found } });
  const child = { ...momentOf(videoId), parentId: momentId, isRefined: true };
  const { id: childId } = await db.moment.create({ data: child });
  const { id: clipId } = await db.clip.create({ data: clipOf(momentId, videoId) });
  const { id: thumbnailId } = await db.thumbnail.create({ data: thumbnailOf({ clipId }) });
  return { transcriptId, promptId, configId, momentId, childId, clipId, thumbnailId };
}
