import { builder } from '../../graphql/builder.ts';
import { LONG_TEXT_FIELDS } from '../../graphql/cost.ts';
import { writeWebVtt } from '../../subtitles/write/write-webvtt.ts';
import { VideoNode } from '../videos/video.graphql.ts';
import { visibleMoments } from './moment.ts';

/** Most chapters of a file; ours: no player shows more. */
const MOST_CHAPTERS = 500;

builder.prismaObjectField(VideoNode, 'chaptersVtt', (t) =>
  t.string({
    description: `Its moments as chapters for a player: the text of a WebVTT file. Those that are kept, in their order, each refined one in the place of what it refines; at most ${MOST_CHAPTERS}. Moments that overlap are chapters that overlap.`,
    complexity: LONG_TEXT_FIELDS,
    select: { id: true },
    resolve: async ({ id: videoId }, _args, { db, actor }) => {
      const isKept = { discardedAt: null };
      const moments = await db.moment.findMany({
        where: { videoId, ...isKept, children: { none: isKept }, AND: [visibleMoments(actor)] },
        orderBy: [{ startTime: 'asc' }, { endTime: 'desc' }, { id: 'asc' }],
        take: MOST_CHAPTERS,
        select: { title: true, startTime: true, endTime: true },
      });
      return writeWebVtt(
        moments.map(({ title, startTime, endTime }) => ({
          startSeconds: startTime,
          endSeconds: endTime,
          text: title,
        })),
      );
    },
  }),
);
