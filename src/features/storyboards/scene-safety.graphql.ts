import { RefusedInput } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';
import { safetyOf, type SceneSafety } from './scene-safety.ts';
import { SceneNode } from './scene.graphql.ts';

const RefusedInputEnum = prismaEnum('RefusedInput', RefusedInput);

const SceneSafetyType = builder.objectRef<SceneSafety>('SceneSafety').implement({
  description: "How a provider's safety filter took a scene, since it was last begun anew.",
  fields: (t) => ({
    refusedInput: t.expose('refusedInput', {
      type: RefusedInputEnum,
      description: 'What it refused last, as far as its words tell.',
    }),
    reason: t.exposeString('reason', { description: "The provider's own words." }),
    refusals: t.exposeInt('refusals', { description: 'How often it refused; each time at no cost.' }),
    isFinal: t.exposeBoolean('isFinal', {
      description: 'Whether gentler words are used up, and the film goes on without the scene.',
    }),
    advice: t.exposeString('advice', { description: 'What to change before it is tried again.' }),
  }),
});

builder.prismaObjectField(SceneNode, 'safety', (t) =>
  t.field({
    type: SceneSafetyType,
    nullable: true,
    description: 'What the safety filter refused of it; null if it refused nothing.',
    select: { refusals: { orderBy: { id: 'asc' } } },
    resolve: ({ refusals }) => safetyOf(refusals),
  }),
);
