import { writeFile } from 'node:fs/promises';
import type { Part } from '@google/genai';
import { type Receipt, receiptOf } from '../price.ts';
import type { CallOptions } from '../capabilities/capability.ts';
import type { KeyframeRequest, KeyframeResult } from '../capabilities/keyframe.ts';
import type { SceneBrief } from '../scene-brief.ts';
import { ProviderError } from '../provider-error.ts';
import type { GoogleClient } from './client.ts';
import { askContent } from './content.ts';
import { encodePicture } from './input-picture.ts';
import { messageOf } from '../../core/outside-text.ts';
import { takePicture, type TakenPicture } from '../../media/still/take-picture.ts';
import { isRefusedInHand, throughRefusals } from '../../platform/storage/refusals.ts';
import { IMAGE_SIZES } from './quotes.ts';
import { wordsOfReferences } from './reference-words.ts';
import { gentler, RULES_OF_SOFTENING } from './soften.ts';
import { wordsOfStyle } from './styles.ts';

const CONTINUE =
  'This picture is the first frame of a shot. Draw the last frame of the same shot: the same characters, place, light and style, moved on as told.';
const RULES = 'One single frame that fills the picture. No text, captions, logos, borders or watermarks.';

/** Buys a frame: a first one from words, a last one from the first and words. */
export async function drawKeyframe(
  client: GoogleClient,
  { scene, position, references = [], fromFile, toFile }: KeyframeRequest,
  { signal }: CallOptions,
): Promise<KeyframeResult & Receipt> {
  const model = client.settings.models.KEYFRAME;
  const written = position === 'START' ? scene.startFramePrompt : scene.endFramePrompt;
  const promptUsed = gentler(written, scene.softening ?? 0);
  const pictures = await Promise.all(references.map(({ file }) => pictureOf(file)));
  const before = fromFile === null ? [] : [await pictureOf(fromFile), { text: CONTINUE }];
  const rules = [...wordsOfReferences(references, scene.softening), ...rulesOf(scene)];
  const answer = await askContent(
    client,
    {
      model,
      wanted: 'PICTURE',
      parts: [...pictures, ...before, { text: [promptUsed, ...rules].join('\n') }],
      config: {
        responseModalities: ['IMAGE'],
        imageConfig: {
          aspectRatio: scene.aspectRatio,
          imageSize: IMAGE_SIZES[client.settings.resolution],
        },
      },
      isBookedUnanswered: true,
    },
    signal,
  );
  if (answer.verdict !== 'PICTURE') throw new Error(`A picture was asked for, and ${answer.verdict} came.`);
  const receipt = receiptOf(answer);
  const bought = { data: answer.data, toFile };
  return { ...(await takeBought(`Google ${model.name}`, bought, receipt, signal)), promptUsed, ...receipt };
}

/**
 * Writes the picture that is in hand, again while the disk refuses it.
 *
 * @throws {ProviderError} with the bill, for a picture of no use, or with no room for it: it was drawn, and is charged.
 */
async function takeBought(
  name: string,
  { data, toFile }: { data: string; toFile: string },
  receipt: Receipt,
  signal: AbortSignal,
): Promise<TakenPicture> {
  const take = async () => {
    await writeFile(toFile, data, 'base64');
    return takePicture({ file: toFile }, { signal });
  };
  try {
    return await throughRefusals(take, { mayPass: isRefusedInHand, signal });
  } catch (cause) {
    throw new ProviderError('REFUSED', `${name}: ${messageOf(cause)}`, { receipt, cause });
  }
}

const rulesOf = ({ style, softening = 0 }: SceneBrief): string[] => [
  `Style: ${wordsOfStyle(style)}.`,
  RULES,
  ...RULES_OF_SOFTENING[softening],
];

/** A picture as a part of a request. */
export async function pictureOf(file: string): Promise<Part> {
  const { data, mimeType } = await encodePicture(file);
  return { inlineData: { data, mimeType } };
}
