import { z } from 'zod';
import { ReviewStatus, VideoOrigin } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { mediaUrl } from '../../graphql/media-url.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';
import { visibleVideos } from './video.ts';

const VideoOriginEnum = prismaEnum('VideoOrigin', VideoOrigin);
const ReviewStatusEnum = prismaEnum('ReviewStatus', ReviewStatus);
export { VideoOriginEnum, ReviewStatusEnum };

const storedChapters = z.array(
  z.object({ title: z.string(), startSeconds: z.number(), endSeconds: z.number() }),
);

const Chapter = builder.objectRef<z.infer<typeof storedChapters>[number]>('Chapter').implement({
  description: 'Part of a film, made from a scene.',
  fields: (t) => ({
    title: t.exposeString('title', { description: 'What it is about.' }),
    startSeconds: t.exposeFloat('startSeconds', {
      description: 'Where it starts, in seconds from the start of the film.',
    }),
    endSeconds: t.exposeFloat('endSeconds', {
      description: 'Where it ends, in seconds from the start of the film.',
    }),
  }),
});

export const VideoNode = builder.prismaNode('Video', {
  id: { field: 'id', description: 'Its one id everywhere: `video_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleVideos(actor)] }),
  fields: (t) => ({
    workspace: t.relation('workspace'),
    project: t.relation('project', { nullable: true }),
    run: t.relation('run', { nullable: true }),
    identifier: t.exposeString('identifier'),
    title: t.exposeString('title'),
    origin: t.expose('origin', { type: VideoOriginEnum }),
    sourceUrl: t.expose('sourceUrl', { type: 'URL', nullable: true }),
    cloudUrl: t.expose('cloudUrl', { type: 'URL', nullable: true }),
    url: t.field({
      type: 'URL',
      description: 'Where the film is served; with Range requests and ETag.',
      resolve: ({ filePath }, _args, ctx) => mediaUrl(ctx, filePath),
    }),
    posterUrl: t.field({
      type: 'URL',
      nullable: true,
      description: 'Where the poster image is served; null if there is none.',
      resolve: ({ posterPath }, _args, ctx) => (posterPath === null ? null : mediaUrl(ctx, posterPath)),
    }),
    durationSeconds: t.exposeFloat('durationSeconds'),
    fileSizeBytes: t.field({
      type: 'SafeInt',
      description: 'Bytes.',
      resolve: ({ fileSizeBytes }) => Number(fileSizeBytes),
    }),
    videoCodec: t.exposeString('videoCodec'),
    audioCodec: t.exposeString('audioCodec', { nullable: true }),
    width: t.exposeInt('width'),
    height: t.exposeInt('height'),
    frameRate: t.exposeFloat('frameRate'),
    crossfadeSeconds: t.exposeFloat('crossfadeSeconds'),
    chapters: t.field({
      type: [Chapter],
      description: 'Its chapters, one a scene, in order.',
      resolve: ({ chapters }) => storedChapters.parse(chapters),
    }),
    reviewStatus: t.expose('reviewStatus', { type: ReviewStatusEnum }),
    approvedAt: t.expose('approvedAt', { type: 'DateTime', nullable: true }),
    rejectedReason: t.exposeString('rejectedReason', { nullable: true }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime', nullable: true }),
    publishedUrl: t.expose('publishedUrl', { type: 'URL', nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});
