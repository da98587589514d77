import { builder } from '../../graphql/builder.ts';
import { mediaUrl } from '../../graphql/media-url.ts';
import { VideoNode } from '../videos/video.graphql.ts';
import { isStale, visibleClips, visibleThumbnails } from './clip.ts';
import { MomentNode } from './moment.graphql.ts';

/** Of a file in the storage. */
const bytes = {
  type: 'SafeInt',
  description: 'Bytes.',
  resolve: ({ fileSizeBytes }: { fileSizeBytes: bigint }) => Number(fileSizeBytes),
} as const;

const THUMBNAIL_OF = 'Its still; null until one is made.';

export const ThumbnailNode = builder.prismaNode('Thumbnail', {
  id: { field: 'id', description: 'Its one id everywhere: `thumbnail_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleThumbnails(actor)] }),
  fields: (t) => ({
    url: t.field({
      type: 'URL',
      description: 'Where the picture is served; with Range requests and ETag.',
      resolve: ({ filePath }, _args, ctx) => mediaUrl(ctx, filePath),
    }),
    fileSizeBytes: t.field(bytes),
    atSeconds: t.exposeFloat('atSeconds'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

export const ClipNode = builder.prismaNode('Clip', {
  id: { field: 'id', description: 'Its one id everywhere: `clip_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleClips(actor)] }),
  fields: (t) => ({
    moment: t.relation('moment'),
    video: t.relation('video'),
    url: t.field({
      type: 'URL',
      description: 'Where the clip is served; with Range requests and ETag.',
      resolve: ({ filePath }, _args, ctx) => mediaUrl(ctx, filePath),
    }),
    startSeconds: t.exposeFloat('startTime'),
    endSeconds: t.exposeFloat('endTime'),
    paddingLeftSeconds: t.exposeFloat('paddingLeft'),
    paddingRightSeconds: t.exposeFloat('paddingRight'),
    durationSeconds: t.exposeFloat('durationSeconds'),
    fileSizeBytes: t.field(bytes),
    format: t.exposeString('format'),
    videoCodec: t.exposeString('videoCodec'),
    audioCodec: t.exposeString('audioCodec', { nullable: true }),
    resolution: t.exposeString('resolution'),
    isStale: t.boolean({
      description:
        'Whether its moment has other times by now than those it was cut of. It stays as it is until it is cut anew.',
      select: {
        startTime: true,
        endTime: true,
        paddingLeft: true,
        paddingRight: true,
        moment: { select: { startTime: true, endTime: true } },
      },
      resolve: (clip) => isStale(clip, clip.moment),
    }),
    thumbnail: t.relation('thumbnail', { nullable: true, description: THUMBNAIL_OF }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

builder.prismaObjectField(MomentNode, 'clip', (t) =>
  t.relation('clip', {
    type: ClipNode,
    nullable: true,
    description: 'What was cut of it; null until it is.',
  }),
);
builder.prismaObjectField(VideoNode, 'thumbnail', (t) =>
  t.relation('thumbnail', { nullable: true, description: THUMBNAIL_OF }),
);
