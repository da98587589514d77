import { OperationType } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';
import { visibleConfigs, visiblePrompts } from './moment.ts';

const OperationTypeEnum = prismaEnum('OperationType', OperationType);

builder.prismaNode('Prompt', {
  id: { field: 'id', description: 'Its one id everywhere: `prompt_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visiblePrompts(actor)] }),
  fields: (t) => ({
    userPrompt: t.exposeString('userPrompt'),
    systemPrompt: t.exposeString('systemPrompt'),
    promptHash: t.exposeString('promptHash'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

export const GenerationConfigNode = builder.prismaNode('GenerationConfig', {
  id: { field: 'id', description: 'Its one id everywhere: `generation_config_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleConfigs(actor)] }),
  fields: (t) => ({
    prompt: t.relation('prompt'),
    transcript: t.relation('transcript', { nullable: true }),
    model: t.exposeString('model'),
    operationType: t.expose('operationType', { type: OperationTypeEnum }),
    temperature: t.exposeFloat('temperature', { nullable: true }),
    topP: t.exposeFloat('topP', { nullable: true }),
    topK: t.exposeInt('topK', { nullable: true }),
    minMomentLength: t.exposeFloat('minMomentLength'),
    maxMomentLength: t.exposeFloat('maxMomentLength'),
    minMoments: t.exposeInt('minMoments'),
    maxMoments: t.exposeInt('maxMoments'),
    configHash: t.exposeString('configHash'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});
