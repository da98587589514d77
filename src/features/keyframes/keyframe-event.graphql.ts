import { builder } from '../../graphql/builder.ts';
import { ChangeEvent, tellsOf } from '../audit/event.graphql.ts';
import { LiveEvent } from '../audit/live-event.graphql.ts';
import type { NumberedEntry } from '../audit/numbered-entry.ts';
import { readOnce } from '../audit/read-once.ts';
import { KeyframeNode } from './keyframe.graphql.ts';
import { visibleKeyframes } from './keyframe.ts';

const KeyframeChanged = builder.objectRef<NumberedEntry>('KeyframeChanged').implement({
  description: 'A keyframe was made.',
  interfaces: [LiveEvent, ChangeEvent],
  fields: (t) => ({
    keyframe: t.prismaField({
      type: KeyframeNode,
      nullable: true,
      description: 'The keyframe as it is now; null once it is deleted.',
      resolve: (query, entry, _args, { db, actor }) =>
        readOnce(
          entry,
          { ...query, where: { id: entry.subjectId, AND: [visibleKeyframes(actor)] } },
          (args) => db.keyframe.findUnique(args),
        ),
    }),
  }),
});
tellsOf('Keyframe', KeyframeChanged);
