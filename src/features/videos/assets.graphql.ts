/** What players need of a film, beside its file. */
import { z } from 'zod';
import type { Video } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { LONG_TEXT_FIELDS } from '../../graphql/cost.ts';
import { mediaUrl } from '../../graphql/media-url.ts';
import { SPRITE, spriteIndex } from '../../media/ingest/sprite-index.ts';
import { VideoNode } from './video.graphql.ts';

const storedStreams = z.array(
  z.object({
    index: z.number(),
    codec: z.string(),
    language: z.string().nullable(),
    title: z.string().nullable(),
    isText: z.boolean(),
  }),
);

const SubtitleStream = builder.objectRef<z.infer<typeof storedStreams>[number]>('SubtitleStream').implement({
  description: 'Subtitles that a film from outside brings.',
  fields: (t) => ({
    index: t.exposeInt('index', { description: 'Place among all streams of the file, from 0.' }),
    codec: t.exposeString('codec', { description: 'As FFmpeg names it: `subrip`, `mov_text`.' }),
    language: t.exposeString('language', {
      nullable: true,
      description: 'As the file says it: `eng`; null where it says nothing.',
    }),
    title: t.exposeString('title', {
      nullable: true,
      description: 'As the file says it; null where it says nothing.',
    }),
    isText: t.exposeBoolean('isText', { description: 'Whether they are written in letters, not drawn.' }),
  }),
});

type Sheet = Pick<Video, 'durationSeconds'> & { spritePath: string; spriteEverySeconds: number };

const VideoSprite = builder.objectRef<Sheet>('VideoSprite').implement({
  description: 'Small pictures of a film for a seek bar, in one sheet.',
  fields: (t) => ({
    url: t.field({
      type: 'URL',
      description: 'Where the sheet, a JPEG, is served; with Range requests and ETag.',
      resolve: ({ spritePath }, _args, ctx) => mediaUrl(ctx, spritePath),
    }),
    tileWidth: t.int({ description: 'Pixels of a picture.', resolve: () => SPRITE.width }),
    tileHeight: t.int({ description: 'Pixels of a picture.', resolve: () => SPRITE.height }),
    columns: t.int({ description: 'Pictures in a row.', resolve: () => SPRITE.columns }),
    everySeconds: t.exposeInt('spriteEverySeconds', {
      description: 'Seconds from one picture to the next; the first is shown from 0.',
    }),
    webvtt: t.string({
      complexity: LONG_TEXT_FIELDS,
      description:
        'Which picture is shown when, as players read it (WebVTT with `#xywh=`). It has the address of the sheet, and is good as long as that.',
      resolve: ({ durationSeconds, spriteEverySeconds, spritePath }, _args, ctx) =>
        spriteIndex(durationSeconds, spriteEverySeconds, mediaUrl(ctx, spritePath)),
    }),
  }),
});

builder.prismaObjectFields(VideoNode, (t) => ({
  language: t.exposeString('language', { nullable: true }),
  sha256: t.exposeString('sha256', { nullable: true }),
  rotationDegrees: t.exposeInt('rotationDegrees'),
  audioChannels: t.exposeInt('audioChannels', { nullable: true }),
  audioTracks: t.exposeInt('audioTracks', { nullable: true }),
  loudnessLufs: t.exposeFloat('loudnessLufs', { nullable: true }),
  truePeakDb: t.exposeFloat('truePeakDb', { nullable: true }),
  subtitleStreams: t.field({
    type: [SubtitleStream],
    description: 'Subtitles that the file brings; none of one that was stitched here.',
    resolve: ({ subtitleStreams }) => storedStreams.parse(subtitleStreams),
  }),
  proxyUrl: t.field({
    type: 'URL',
    nullable: true,
    description:
      'Where a copy is served that every browser plays: H.264 in at most 720 lines, upright, a keyframe a second. With Range requests and ETag; null until it is made, and for films that were stitched here, which every browser plays.',
    resolve: ({ proxyPath }, _args, ctx) => (proxyPath === null ? null : mediaUrl(ctx, proxyPath)),
  }),
  peaksUrl: t.field({
    type: 'URL',
    nullable: true,
    description:
      'Where the waveform is served, as JSON of audiowaveform, version 2; null until it is made, and without sound.',
    resolve: ({ peaksPath }, _args, ctx) => (peaksPath === null ? null : mediaUrl(ctx, peaksPath)),
  }),
  sprite: t.field({
    type: VideoSprite,
    nullable: true,
    description: 'Small pictures for a seek bar; null until they are made.',
    resolve: ({ durationSeconds, spritePath, spriteEverySeconds }) =>
      spritePath === null || spriteEverySeconds === null
        ? null
        : { durationSeconds, spritePath, spriteEverySeconds },
  }),
}));
