import { builder } from '../../graphql/builder.ts';
import { ProviderModel } from '../budget/prices.graphql.ts';
import { clipLengthsOf } from '../../providers/clip-length.ts';
import type { FilmProvider } from '../../providers/adapter.ts';
import { ASPECT_RATIOS, type AspectRatio } from '../../providers/aspect-ratio.ts';
import type { ClipLimits, ClipOption } from '../../providers/capabilities/clip.ts';
import { PAID_CALLS } from '../../providers/paid-call.ts';
import { filmProviders } from './film-provider.ts';
import { ProviderEnum } from './project.graphql.ts';

const SecondsRange = builder.objectRef<ClipLimits['seconds']>('SecondsRange').implement({
  description: 'Whole seconds from one number to another.',
  fields: (t) => ({
    min: t.exposeInt('min', { description: 'Smallest, in seconds.' }),
    max: t.exposeInt('max', { description: 'Largest, in seconds.' }),
  }),
});

const FrameSize = builder
  .objectRef<{ aspectRatio: AspectRatio; width: number; height: number }>('FrameSize')
  .implement({
    description: 'Size of the picture at an aspect ratio.',
    fields: (t) => ({
      aspectRatio: t.exposeString('aspectRatio', { description: 'Shape of the picture: `16:9`.' }),
      width: t.exposeInt('width', { description: 'Pixels.' }),
      height: t.exposeInt('height', { description: 'Pixels.' }),
    }),
  });

const VideoClipWishEnum = builder.enumType('VideoClipWish', {
  description: 'What may be asked of clips beside words and frames, where the model takes it.',
  values: {
    SEED: { value: 'seed', description: '`seed`: the same number gives the same clip.' },
    NEGATIVE_PROMPT: { value: 'negativePrompt', description: '`negativePrompt`: what must not be seen.' },
    SOUND_OFF: { value: 'soundOff', description: '`sound: false`: a clip without sound.' },
  } as const satisfies Record<string, { value: ClipOption; description: string }>,
});

const ReferenceLimitsType = builder.objectRef<FilmProvider['capabilities']>('ReferenceLimits').implement({
  description:
    'Reference images that models take. A clip is filmed from frames or from reference images, never both.',
  fields: (t) => ({
    maxPerFrame: t.int({
      description: 'Most that a frame is drawn from; 0 where frames are drawn from words alone.',
      resolve: ({ KEYFRAME }) => KEYFRAME.maxReferences,
    }),
    maxPerClip: t.int({
      description: 'Most that a clip is filmed from; 0 where clips are filmed from frames alone.',
      resolve: ({ CLIP }) => CLIP.maxReferences,
    }),
    clipSeconds: t.field({
      type: ['Int'],
      description: 'Seconds that a clip filmed from them may last.',
      resolve: ({ CLIP }) => [...clipLengthsOf(CLIP, 'REFERENCE_IMAGES')],
    }),
  }),
});

const ProviderInfo = builder
  .objectRef<Pick<FilmProvider, 'name' | 'label' | 'capabilities'>>('ProviderInfo')
  .implement({
    description: 'What a provider can do, and what it charges.',
    fields: (t) => ({
      name: t.expose('name', { type: ProviderEnum, description: 'For inputs.' }),
      label: t.exposeString('label', { description: 'For people.' }),
      styles: t.stringList({
        description: 'Visual styles it knows.',
        resolve: ({ capabilities }) => capabilities.STORYBOARD.styles,
      }),
      aspectRatios: t.stringList({
        description: 'Shapes of the picture it makes.',
        resolve: ({ capabilities }) => capabilities.CLIP.aspectRatios,
      }),
      clipSeconds: t.field({
        type: SecondsRange,
        description: 'Seconds a clip between two frames may be asked to last.',
        resolve: ({ capabilities }) => capabilities.CLIP.seconds,
      }),
      clipLengths: t.field({
        type: ['Int'],
        description:
          'Seconds that clips between two frames are made to last on this server, in order: what is asked for in between is made, and charged, as the next of them.',
        resolve: ({ capabilities }) => [...clipLengthsOf(capabilities.CLIP, 'KEYFRAMES')],
      }),
      sizes: t.field({
        type: [FrameSize],
        description: 'Size of the picture at each aspect ratio.',
        resolve: ({ capabilities }) =>
          ASPECT_RATIOS.flatMap((aspectRatio) => {
            const size = capabilities.CLIP.sizes[aspectRatio];
            return size ? [{ aspectRatio, ...size }] : [];
          }),
      }),
      clipWishes: t.field({
        type: [VideoClipWishEnum],
        description: 'What may be asked of its clips besides.',
        resolve: ({ capabilities }) => [...(capabilities.CLIP.options ?? [])],
      }),
      referenceImages: t.field({
        type: ReferenceLimitsType,
        description: 'What it does with reference images.',
        resolve: ({ capabilities }) => capabilities,
      }),
      narration: t.boolean({
        description: "Whether it speaks a scene's narration.",
        resolve: ({ capabilities }) => capabilities.CLIP.narration,
      }),
      models: t.field({
        type: [ProviderModel],
        description: 'The model it uses for each kind of call.',
        resolve: ({ name: provider, capabilities }) =>
          PAID_CALLS.flatMap((call) => {
            const model = capabilities[call]?.model;
            // One model may be used for several calls, and know itself by the first.
            return model ? [{ ...model, call, provider }] : [];
          }),
      }),
    }),
  });

builder.queryField('providers', (t) =>
  t.field({
    type: [ProviderInfo],
    description: 'Who can make films here, what they can do and what they charge; the free animatic first.',
    resolve: filmProviders,
  }),
);
