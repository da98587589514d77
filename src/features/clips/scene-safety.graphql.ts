import { builder } from '../../graphql/builder.ts';
import { SceneNode } from '../storyboards/scene.graphql.ts';
import { REFUSED_INPUTS, type RefusedInput, safetyOf, type SceneSafety } from './scene-safety.ts';

const RefusedInputEnum = builder.enumType('RefusedInput', {
  description: 'What of a scene a safety filter refused.',
  values: Object.fromEntries(
    Object.entries(REFUSED_INPUTS).map(([name, description]) => [name, { description }]),
  ) as Record<RefusedInput, { description: string }>,
});

const SceneSafetyType = builder.objectRef<SceneSafety>('SceneSafety').implement({
  description: "How a provider's safety filter took a scene.",
  fields: (t) => ({
    refusedInput: t.expose('refusedInput', {
      type: RefusedInputEnum,
      description: 'What it refused last, as far as its words tell.',
    }),
    reason: t.exposeString('reason', { description: "The provider's own words." }),
    refusals: t.exposeInt('refusals', { description: 'Clips it refused; each cost nothing.' }),
    isFinal: t.exposeBoolean('isFinal', {
      description: 'Whether gentler words are used up, and the film goes on without the scene.',
    }),
    advice: t.exposeString('advice', { description: 'What to change before `retryScene`.' }),
  }),
});

builder.prismaObjectField(SceneNode, 'safety', (t) =>
  t.field({
    type: SceneSafetyType,
    nullable: true,
    description: 'What the safety filter refused of it; null if it refused nothing.',
    select: { clips: { where: { status: 'RAI_FILTERED' }, orderBy: { id: 'asc' } } },
    resolve: ({ clips }) => safetyOf(clips),
  }),
);
