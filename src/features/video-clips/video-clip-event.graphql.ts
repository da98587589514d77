import { builder } from '../../graphql/builder.ts';
import { ChangeEvent, tellsOf } from '../audit/event.graphql.ts';
import { LiveEvent } from '../audit/live-event.graphql.ts';
import type { NumberedEntry } from '../audit/numbered-entry.ts';
import { readOnce } from '../audit/read-once.ts';
import { VideoClipNode } from './video-clip.graphql.ts';
import { visibleVideoClips } from './video-clip.ts';

const VideoClipChanged = builder.objectRef<NumberedEntry>('VideoClipChanged').implement({
  description: 'A clip was planned or moved to another status.',
  interfaces: [LiveEvent, ChangeEvent],
  fields: (t) => ({
    videoClip: t.prismaField({
      type: VideoClipNode,
      nullable: true,
      description: 'The clip as it is now; null once it is deleted.',
      resolve: (query, entry, _args, { db, actor }) =>
        readOnce(
          entry,
          { ...query, where: { id: entry.subjectId, AND: [visibleVideoClips(actor)] } },
          (args) => db.videoClip.findUnique(args),
        ),
    }),
  }),
});
tellsOf('VideoClip', VideoClipChanged);
