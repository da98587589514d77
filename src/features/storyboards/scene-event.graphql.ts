import { builder } from '../../graphql/builder.ts';
import { ChangeEvent, tellsOf } from '../audit/event.graphql.ts';
import { LiveEvent } from '../audit/live-event.graphql.ts';
import type { NumberedEntry } from '../audit/numbered-entry.ts';
import { readOnce } from '../audit/read-once.ts';
import { SceneNode } from './scene.graphql.ts';
import { visibleScenes } from './scene.ts';

const SceneChanged = builder.objectRef<NumberedEntry>('SceneChanged').implement({
  description: 'A scene was written or moved to another status, or its narration is not spoken as it stands.',
  interfaces: [LiveEvent, ChangeEvent],
  fields: (t) => ({
    scene: t.prismaField({
      type: SceneNode,
      nullable: true,
      description: 'The scene as it is now; null once it is deleted.',
      resolve: (query, entry, _args, { db, actor }) =>
        readOnce(entry, { ...query, where: { id: entry.subjectId, AND: [visibleScenes(actor)] } }, (args) =>
          db.scene.findUnique(args),
        ),
    }),
  }),
});
tellsOf('Scene', SceneChanged);
