import { builder } from '../../graphql/builder.ts';
import { ChangeEvent, tellsOf } from '../audit/event.graphql.ts';
import { LiveEvent } from '../audit/live-event.graphql.ts';
import type { NumberedEntry } from '../audit/numbered-entry.ts';
import { readOnce } from '../audit/read-once.ts';
import { VideoNode } from './video.graphql.ts';
import { visibleVideos } from './video.ts';

const VideoChanged = builder.objectRef<NumberedEntry>('VideoChanged').implement({
  description: 'A film was finished or deleted.',
  interfaces: [LiveEvent, ChangeEvent],
  fields: (t) => ({
    video: t.prismaField({
      type: VideoNode,
      nullable: true,
      description: 'The film as it is now; null once it is deleted.',
      resolve: (query, entry, _args, { db, actor }) =>
        readOnce(entry, { ...query, where: { id: entry.subjectId, AND: [visibleVideos(actor)] } }, (args) =>
          db.video.findUnique(args),
        ),
    }),
  }),
});
tellsOf('Video', VideoChanged);
