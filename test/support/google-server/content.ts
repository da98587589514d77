/** Answers of `generateContent`: a storyboard or a picture, thoughts first, as the models give them. */
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { storyboardAnswer, type StoryboardAnswer } from '../../../src/providers/storyboard-answer.ts';
import type { Size } from '../../../src/providers/aspect-ratio.ts';
import { jsonReply, Refusal, type Reply } from '../paid-provider/reply.ts';
import { makePicture, makeStoryboard } from '../paid-provider/wares.ts';
import type { Used } from './charges.ts';
import type { ContentRequest } from './wire.ts';

/** Words in a prompt that the safety filters, or the models, trip over. */
export const TRIP_WORDS = {
  /** The prompt is refused before anything is made. */
  blockedPrompt: 'blockedword',
  /** The picture is made and refused. */
  unsafePicture: 'unsafeword',
  /** The model answers in words where it should draw. */
  noPicture: 'picturelessword',
  /** The picture is refused, as a matter of chance: once, or until the prompt is softened. */
  chance: 'chanceword',
  other: 'otherword',
  /** The picture comes as Google's do, or square: once, or always. */
  real: 'realword',
  squareOnce: 'oncesquareword',
  square: 'squareword',
  /** The model answers with prose where it should write JSON. */
  prose: 'proseword',
  /** It needs more tokens than it gets, or thinks and says nothing. */
  long: 'longword',
  thoughts: 'thoughtsword',
  /** It does not take a schema. */
  noSchema: 'noschemaword',
  /** The picture comes in another form, or broken. */
  webp: 'webpword',
  avif: 'avifword',
  gif: 'gifword',
  cut: 'cutword',
} as const;

const SIZES: Readonly<Record<string, Size>> = {
  '16:9': { width: 320, height: 180 },
  '9:16': { width: 180, height: 320 },
  '1:1': { width: 240, height: 240 },
};
/** The size of clips that are sold for an aspect ratio: small, for quick tests. */
export const sizeOf = (aspectRatio: string): Size => SIZES[aspectRatio] ?? { width: 320, height: 180 };

/** The size of pictures: of the very shape, and just large enough for a film of 720p. */
export function pictureSizeOf(aspectRatio: string): Size {
  const { width, height } = sizeOf(aspectRatio);
  return { width: 2 * width, height: 2 * height };
}

/** All words of a request; the last part is what is asked for. */
export const wordsOf = ({ contents }: ContentRequest): string[] =>
  contents.flatMap(({ parts }) => parts.flatMap((part) => ('text' in part ? [part.text] : [])));

/** Whether a request wants a picture. */
export const wantsPicture = ({ generationConfig }: ContentRequest): boolean =>
  generationConfig.responseModalities?.includes('IMAGE') === true;

/** What the filter says to a prompt that it refuses. */
export const blockedReply = (): Reply => free({ promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } });

/** Prompts that came before. */
const heard = new Set<string>();

/** Whether it is the first time that a prompt comes. */
function isFirst(prompt: string): boolean {
  if (heard.has(prompt)) return false;
  heard.add(prompt);
  return true;
}

/** Whether words are answered in place of a picture. */
export const isWords = (request: ContentRequest): boolean =>
  (wordsOf(request).at(-1) ?? '').includes(TRIP_WORDS.noPicture);

/** What the filter says to it; null if it lets it pass. Costs nothing. */
export function filtered(request: ContentRequest): Reply | null {
  const prompt = wordsOf(request).join(' ');
  if (prompt.includes(TRIP_WORDS.blockedPrompt)) return blockedReply();
  if (prompt.includes(TRIP_WORDS.noSchema) && request.generationConfig.responseJsonSchema)
    throw new Refusal(
      400,
      'The specified schema produces a constraint that has too many states for serving.',
    );
  if (!wantsPicture(request)) return null;
  if (prompt.includes(TRIP_WORDS.chance) && isFirst(prompt)) return noPicture('NO_IMAGE');
  const isSoftened = prompt.includes('Suitable for all ages');
  if (prompt.includes(TRIP_WORDS.other) && !isSoftened)
    return noPicture(
      'IMAGE_OTHER',
      'Unable to show the generated image. You will not be charged for this request.',
    );
  if (!prompt.includes(TRIP_WORDS.unsafePicture)) return null;
  return noPicture('IMAGE_SAFETY', 'The picture was refused by the safety filter.');
}

/** The picture of a prompt, after a first idea of it that is only a thought. */
export async function pictureReply(request: ContentRequest, used: Used): Promise<Reply> {
  const prompt = wordsOf(request).at(-1) ?? '';
  if (isWords(request)) return candidate([{ text: 'I would rather not draw.' }], used);
  const size = sizeFor(prompt, request.generationConfig.imageConfig?.aspectRatio ?? '16:9');
  const parts = [
    { text: 'Thinking of a frame.', thought: true },
    { ...pngPart(makePicture(`idea of ${prompt}`, size)), thought: true },
    pngPart(await inAnotherForm(makePicture(prompt, size), prompt)),
  ];
  return candidate(parts, used);
}

function sizeFor(prompt: string, aspectRatio: string): Size {
  const isSquare = prompt.includes(TRIP_WORDS.squareOnce)
    ? isFirst(prompt)
    : prompt.includes(TRIP_WORDS.square);
  if (isSquare) return { width: 512, height: 512 };
  return prompt.includes(TRIP_WORDS.real) ? { width: 1_376, height: 768 } : pictureSizeOf(aspectRatio);
}

const pngPart = (picture: Buffer) => ({
  inlineData: { mimeType: 'image/png', data: picture.toString('base64') },
});

/** As the words of its prompt want it; whatever it is, its kind is told wrong. */
async function inAnotherForm(png: Buffer, prompt: string): Promise<Buffer> {
  const has = (form: keyof typeof TRIP_WORDS) => prompt.includes(TRIP_WORDS[form]);
  if (has('gif')) return Buffer.from('GIF89a');
  if (has('cut')) return png.subarray(0, Math.floor(png.length * 0.7));
  if (!has('webp') && !has('avif')) return png;
  const image = await loadImage(png);
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return has('webp') ? canvas.encode('webp') : canvas.encode('avif');
}

/** A storyboard in the shape that the request's schema asks for. */
export function storyboardReply(request: ContentRequest, used: Used): Reply {
  const prompt = wordsOf(request).at(-1) ?? '';
  const { maxOutputTokens = 0 } = request.generationConfig;
  if (prompt.includes(TRIP_WORDS.thoughts)) return candidate([{ text: 'Hm.', thought: true }], used);
  if (prompt.includes(TRIP_WORDS.long) && maxOutputTokens < 65_536)
    return candidate(
      [{ text: '{"style_guide": {}, "scenes": [{"scene_description": "A' }],
      used,
      'MAX_TOKENS',
    );
  const text = prompt.includes(TRIP_WORDS.prose)
    ? 'Once upon a time there was no JSON.'
    : JSON.stringify(makeAnswer(prompt, request));
  return candidate([{ text: 'Thinking of scenes.', thought: true }, { text }], used);
}

/** As many scenes as it is told in words, at most. */
function makeAnswer(prompt: string, request: ContentRequest): StoryboardAnswer {
  const [, most = '1'] = /(?:Exactly|at most) (\d+)/.exec(wordsOf(request)[0] ?? '') ?? [];
  return storyboardAnswer.parse(makeStoryboard(prompt, Number(most)));
}

/** An answer of these parts, and what it used. */
export const candidate = (parts: object[], { usage }: Used, finishReason = 'STOP'): Reply =>
  jsonReply({
    candidates: [{ index: 0, finishReason, content: { role: 'model', parts } }],
    responseId: 'response-1',
    modelVersion: 'test',
    usageMetadata: usage,
  });

const noPicture = (finishReason: string, finishMessage?: string): Reply =>
  free({ candidates: [{ index: 0, content: {}, finishReason, finishMessage }] });

/** Refused: it says of no tokens. */
const free = (answer: object): Reply =>
  jsonReply({ ...answer, responseId: 'response-1', modelVersion: 'test' });
