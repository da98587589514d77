/** What the real SDK sends with reference images, field by field, on both surfaces. */
import { describe, expect, test } from 'vitest';
import { useGoogleTest } from './support.ts';
import {
  base64,
  CLIP_RULES,
  credentialsOf,
  FRAME_RULES,
  frameRequest,
  modelPath,
  OMNI,
  omniRequest,
  STYLE,
  SURFACES,
  TELLING,
} from './wire.ts';

const google = useGoogleTest();

const KEEP =
  'Whoever and whatever of these the scene has looks exactly as in the reference image; the others are left out.';
const REFERENCES = `Reference image 1 is the character "Mara, the baker".\nReference image 2 is the product "the loaf".\n${KEEP}`;

const pictureOf = (name: string) => base64(`${google.directory}/${name}`);

/** The words of a frame. */
const words = (written: string) => ({
  text: `${written}\n${REFERENCES}\n${STYLE}\n${FRAME_RULES}`,
});
/** A picture as Gemini is sent it, as Omni is, and as Veo is. */
const picture = async (name: string) => ({
  inlineData: { mimeType: 'image/png', data: await pictureOf(name) },
});
const image = async (name: string) => ({
  type: 'image',
  data: await pictureOf(name),
  mime_type: 'image/png',
});
const asset = async (name: string) => ({
  image: { bytesBase64Encoded: await pictureOf(name), mimeType: 'image/png' },
  referenceType: 'ASSET',
});

describe.each(SURFACES)('on %s', (surface) => {
  test('a frame is drawn from the reference images, then from the first frame, and told which is which', async () => {
    const customer = google.customer(surface);
    const references = await customer.references();
    const requests = await customer.requestsOf(async () => {
      await customer.keyframe('A fox wakes.', 'START', undefined, references);
      await customer.keyframe('A fox wakes.', 'END', undefined, references);
    });
    const shown = [await picture('mara.png'), await picture('loaf.png')];
    expect(requests).toEqual([
      frameRequest(surface, [...shown, words('First frame: A fox wakes.')]),
      frameRequest(surface, [
        ...shown,
        await picture('start.png'),
        { text: expect.stringMatching(/^This picture is the first frame of a shot\./) },
        words('Last frame: A fox wakes.'),
      ]),
    ]);
  });

  test('Omni films from reference images by their tags, and is sent no frame', async () => {
    const customer = google.customer(surface, { VIDPIPE_GOOGLE_VIDEO_MODEL: OMNI[surface] });
    const requests = await customer.requestsOf(() => customer.clipFromReferences('A fox wakes.', 5));
    const text = [
      '[# References <IMAGE_REF_0>@Image1 <IMAGE_REF_1>@Image2]',
      TELLING,
      '<IMAGE_REF_0> is the character "Mara, the baker".',
      '<IMAGE_REF_1> is the product "the loaf".',
      'They are references, and none of them is the first frame.',
      KEEP,
      STYLE,
      CLIP_RULES,
    ].join('\n');
    expect(requests).toEqual([
      omniRequest(surface, 'reference_to_video', [
        await image('mara.png'),
        await image('loaf.png'),
        { type: 'text', text },
      ]),
    ]);
  });
});

test('Veo films eight seconds from reference images, and is sent no frame', async () => {
  const customer = google.customer('VERTEX');
  const requests = await customer.requestsOf(() => customer.clipFromReferences('A fox wakes.', 4));
  expect(requests).toEqual([
    {
      method: 'POST',
      path: `${modelPath('VERTEX', 'veo-3.1-generate-001', 'us-central1')}:predictLongRunning`,
      query: {},
      headers: expect.objectContaining(credentialsOf('VERTEX')),
      body: {
        instances: [
          {
            prompt: [TELLING, REFERENCES, STYLE, CLIP_RULES].join('\n'),
            referenceImages: [await asset('mara.png'), await asset('loaf.png')],
          },
        ],
        parameters: {
          sampleCount: 1,
          durationSeconds: 8,
          aspectRatio: '16:9',
          resolution: '720p',
          generateAudio: true,
        },
      },
    },
  ]);
});

test('softened, a clip from reference images still tells its scene: no frame shows what it leaves out', async () => {
  const customer = google.customer('VERTEX');
  const sentence = 'A girl has a knife.';
  const requests = await customer.requestsOf(() =>
    customer.clipFromReferences(sentence, 8, { softening: 2 }),
  );
  const telling = 'The camera rests: A young adult has a prop.\nA young adult has a prop.\n';
  expect(requests).toMatchObject([
    { body: { instances: [{ prompt: expect.stringMatching(new RegExp(`^${telling}`)) }] } },
  ]);
});
