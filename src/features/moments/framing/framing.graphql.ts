import { InvalidInputError as InvalidInput } from '../../../core/errors.ts';
import { requireId } from '../../../core/ids.ts';
import type { Moment } from '../../../generated/prisma/client.ts';
import { builder } from '../../../graphql/builder.ts';
import type { ApiContext } from '../../../graphql/context.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../../../graphql/errors.ts';
import type { Rectangle, ShotByHand } from '../../../media/reframe/by-hand.ts';
import { MomentNode } from '../moment.graphql.ts';
import { momentOfClip } from '../require-moment.ts';
import { setClipFraming } from './set-framing.ts';
import { MAX_FRAMED_SHOTS, storedFraming } from './stored-framing.ts';

const AT_SECONDS = 'Any time of the shot, in seconds from the start of the video.';
const FACE = 'Which face it follows, counted from the left, 0 the first.';
const RECTANGLE = 'The part of the picture that it shows, and what the frame’s shape adds.';
const IS_WHOLE =
  'Whether it shows the whole picture, where that has another shape before a blurred copy of itself.';
const LEFT = 'Its left edge, from the picture’s left edge, as a share of the picture’s width.';
const TOP = 'Its upper edge, from the picture’s upper edge, as a share of the picture’s height.';
const WIDTH = 'As a share of the picture’s width.';
const HEIGHT = 'As a share of the picture’s height.';

const PictureRectangle = builder.objectRef<Rectangle>('PictureRectangle').implement({
  description: 'A part of a picture, upright.',
  fields: (t) => ({
    x: t.exposeFloat('x', { description: LEFT }),
    y: t.exposeFloat('y', { description: TOP }),
    width: t.exposeFloat('width', { description: WIDTH }),
    height: t.exposeFloat('height', { description: HEIGHT }),
  }),
});

const FramedShot = builder.objectRef<ShotByHand>('FramedShot').implement({
  description: 'How a person framed a shot.',
  fields: (t) => ({
    atSeconds: t.exposeFloat('atSeconds', { description: AT_SECONDS }),
    face: t.int({
      nullable: true,
      description: `${FACE} Null if it follows none.`,
      resolve: (shot) => ('face' in shot ? shot.face : null),
    }),
    rectangle: t.field({
      type: PictureRectangle,
      nullable: true,
      description: `${RECTANGLE} Null without one.`,
      resolve: (shot) => ('rectangle' in shot ? shot.rectangle : null),
    }),
    isWhole: t.boolean({ description: IS_WHOLE, resolve: (shot) => 'whole' in shot }),
  }),
});

builder.prismaObjectField(MomentNode, 'framing', (t) =>
  t.field({
    type: [FramedShot],
    description:
      'Its shots that a person framed, in order of time; the others are framed by the faces in them.',
    select: { framing: true },
    resolve: ({ framing }) => storedFraming.parse(framing),
  }),
);

const PictureRectangleInput = builder.inputType('PictureRectangleInput', {
  description: 'A part of a picture, upright.',
  fields: (t) => ({
    x: t.float({ description: LEFT }),
    y: t.float({ description: TOP }),
    width: t.float({ description: WIDTH }),
    height: t.float({ description: HEIGHT }),
  }),
});

const FramedShotInput = builder.inputType('FramedShotInput', {
  description: 'How a shot is framed: one of `face`, `rectangle` and `isWhole`.',
  fields: (t) => ({
    atSeconds: t.float({ description: AT_SECONDS }),
    face: t.int({ required: false, description: `${FACE} One that is not there leaves the shot to itself.` }),
    rectangle: t.field({ type: PictureRectangleInput, required: false, description: RECTANGLE }),
    isWhole: t.boolean({ required: false, description: IS_WHOLE }),
  }),
});

const SetClipFramingInput = builder.inputType('SetClipFramingInput', {
  description: 'How shots of a clip are framed: of its moment, or of the moment that a clip shows.',
  fields: (t) => ({
    momentId: t.id({ required: false, description: 'Id of a Moment; unless `clipId` is given.' }),
    clipId: t.id({ required: false, description: 'Id of a Clip; unless `momentId` is given.' }),
    expectedVersion: t.int({ description: '`version` of the moment when its framing was read.' }),
    shots: t.field({
      type: [FramedShotInput],
      description: `All that are framed by hand, at most ${MAX_FRAMED_SHOTS}; none gives all back to the faces in them.`,
    }),
  }),
});

const SetClipFramingPayload = builder.objectRef<{ moment: Moment }>('SetClipFramingPayload').implement({
  description: 'The moment, with its framing.',
  fields: (t) => ({
    moment: t.field({
      type: MomentNode,
      description: 'As it is then.',
      resolve: ({ moment }) => moment,
    }),
  }),
});

builder.mutationField('setClipFraming', (t) =>
  t.field({
    type: SetClipFramingPayload,
    description:
      'Says how shots are framed, in place of what was said before. It stays with the moment, and clips have it that are cut from now on; the one that is there does not change.',
    errors: {
      types: [InvalidInputError, NotFoundError, ConflictError],
      union: { name: 'SetClipFramingResult', description: 'The moment, or why it is as it was.' },
    },
    args: { input: t.arg({ type: SetClipFramingInput, description: 'Which shots to frame, and how.' }) },
    resolve: async (_root, { input }, ctx) => {
      const momentId = await momentNamed(ctx, input);
      return { moment: await setClipFraming(ctx, { ...input, momentId }) };
    },
  }),
);

function momentNamed(
  { db, actor }: ApiContext,
  { momentId, clipId }: typeof SetClipFramingInput.$inferInput,
): string | Promise<string> {
  if ((momentId == null) === (clipId == null))
    throw new InvalidInput([{ path: ['momentId'], message: 'Must have one of `momentId` and `clipId`.' }]);
  if (momentId != null) return requireId('Moment', momentId, ['momentId']);
  return momentOfClip(db, actor, requireId('Clip', clipId ?? '', ['clipId']));
}
