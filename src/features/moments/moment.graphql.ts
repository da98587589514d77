import type { ErrorCode } from '../../core/errors.ts';
import { builder } from '../../graphql/builder.ts';
import { ErrorCodeEnum } from '../../graphql/errors.ts';
import { GenerationConfigNode } from './config.graphql.ts';
import { MOMENT_FEATURES, type MomentFeature } from './find/found-moments.ts';
import { storedReasons, visibleMoments } from './moment.ts';
import type { z } from 'zod';

const MomentFeatureEnum = builder.enumType('MomentFeature', {
  description: 'What a moment is judged by.',
  values: Object.fromEntries(
    Object.entries(MOMENT_FEATURES).map(([feature, description]) => [feature, { description }]),
  ) as Record<MomentFeature, { description: string }>,
});

const MomentReason = builder.objectRef<z.infer<typeof storedReasons>[number]>('MomentReason').implement({
  description: 'One thing that speaks for a moment, or against it.',
  fields: (t) => ({
    feature: t.expose('feature', { type: MomentFeatureEnum, description: 'What was looked at.' }),
    points: t.exposeFloat('points', { description: 'What it added to the score; below 0 it took from it.' }),
    evidence: t.exposeString('evidence', { nullable: true, description: 'The words that it was seen in.' }),
  }),
});

export const MomentNode = builder.prismaNode('Moment', {
  id: { field: 'id', description: 'Its one id everywhere: `moment_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleMoments(actor)] }),
  fields: (t) => ({
    video: t.relation('video'),
    identifier: t.exposeString('identifier'),
    title: t.exposeString('title'),
    startSeconds: t.exposeFloat('startTime'),
    endSeconds: t.exposeFloat('endTime'),
    isRefined: t.exposeBoolean('isRefined'),
    parent: t.relation('parent', { nullable: true }),
    generationModel: t.exposeString('generationModel', { nullable: true }),
    generationConfig: t.relation('config', { type: GenerationConfigNode, nullable: true }),
    score: t.exposeFloat('score', { nullable: true }),
    scoringModel: t.exposeString('scoringModel', { nullable: true }),
    scoredAt: t.expose('scoredAt', { type: 'DateTime', nullable: true }),
    reasons: t.field({
      type: [MomentReason],
      description: 'Why it was chosen, what weighs most first.',
      resolve: ({ reasons }) =>
        storedReasons.parse(reasons).toSorted((one, other) => Math.abs(other.points) - Math.abs(one.points)),
    }),
    clipErrorCode: t.field({
      type: ErrorCodeEnum,
      nullable: true,
      description: 'Code of what kept it from being cut last; null where nothing did.',
      resolve: ({ clipErrorCode }) => clipErrorCode as ErrorCode | null,
    }),
    clipErrorMessage: t.exposeString('clipErrorMessage', { nullable: true }),
    discardedAt: t.expose('discardedAt', { type: 'DateTime', nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    version: t.exposeInt('version'),
  }),
});
