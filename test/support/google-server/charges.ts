/** What is used and charged here: Google's prices as docs/google.md has them, written down a second time. */

type BySize = Readonly<Record<string, number>>;

/** Micro-USD of a second of Veo, with sound and silent. */
const SECONDS: Readonly<Record<string, Readonly<Record<'sound' | 'silent', BySize>>>> = {
  'veo-3.1-generate-001': {
    sound: { '720p': 400_000, '1080p': 400_000, '4k': 600_000 },
    silent: { '720p': 200_000, '1080p': 200_000, '4k': 400_000 },
  },
  'veo-3.1-fast-generate-001': {
    sound: { '720p': 100_000, '1080p': 120_000 },
    silent: { '720p': 80_000, '1080p': 100_000 },
  },
  'veo-3.1-lite-generate-001': {
    sound: { '720p': 50_000, '1080p': 80_000 },
    silent: { '720p': 30_000, '1080p': 50_000 },
  },
};
/** Tokens of a second of film, and of a picture. */
const FILM_TOKENS: BySize = { '360p': 1_931, '720p': 5_792, '1080p': 8_688, '4k': 17_376 };
const PICTURE_TOKENS: Readonly<Record<string, BySize>> = {
  'gemini-3-pro-image': { '1K': 1_120, '2K': 1_120, '4K': 2_000 },
  'gemini-3.1-flash-image': { '1K': 1_120, '2K': 1_680, '4K': 2_520 },
};
/** Micro-USD a token: what goes in, comes out in words, and is drawn or filmed. */
const PER_TOKEN: Readonly<Record<string, { in: number; out: number; ware: number }>> = {
  'gemini-3.8-flash': { in: 0.75, out: 3.75, ware: 0 },
  'gemini-3-pro-image': { in: 2, out: 12, ware: 120 },
  'gemini-3.1-flash-image': { in: 0.5, out: 3, ware: 60 },
  'gemini-3.5-transcribe': { in: 2, out: 12, ware: 0 },
  'gemini-3.5-transcribe-preview': { in: 2, out: 12, ware: 0 },
  'gemini-omni-1.2-flash': { in: 1.5, out: 9, ware: 12.25 },
  'gemini-omni-1.1-flash': { in: 1.5, out: 9, ware: 17.5 },
  'gemini-omni-1.1-flash-preview': { in: 1.5, out: 9, ware: 17.5 },
};
/** From this day on the text model costs twice that. */
const DEARER = { model: 'gemini-3.8-flash', from: Date.UTC(2027, 0, 1) };

/** Tokens of a storyboard, as every one is said to have used. */
const STORYBOARD_TOKENS = { prompt: 900, words: 1_500, thoughts: 500 };
/** What is told beside a picture: some of it as thoughts, some of no kind at all. */
const BESIDE_A_PICTURE = { prompt: 120, words: 272, thoughts: 748 };
const BESIDE_A_CLIP = { prompt: 16, words: 561, thoughts: 294 };
const SHOWN_PICTURE = 1_120;
/** Of a second of it. */
const SOUND_TOKENS = 25;

/** Tokens of an answer; `ware` is what is drawn or filmed. */
type Tokens = { prompt: number; words: number; thoughts: number; ware: number };
/** What an answer says of it, and what is charged for it in micro-USD. */
export type Used = { usage: object; microUsd: number };

/** Of a clip of Veo, which tells no usage. */
export const chargeOfVeo = (model: string, resolution: string, seconds: number, sound: boolean): number =>
  known(SECONDS[model]?.[sound ? 'sound' : 'silent'], model, resolution) * seconds;

/** Of a clip of Omni: thoughts lie outside the output, and some of that is of no kind. */
export function usedByOmni(model: string, resolution: string, seconds: number, pictures: number): Used {
  const ware = known(FILM_TOKENS, model, resolution) * seconds;
  const { words, thoughts, ...rest } = BESIDE_A_CLIP;
  const prompt = rest.prompt + pictures * SHOWN_PICTURE;
  const output = ware + words;
  return {
    usage: {
      total_tokens: prompt + output + thoughts,
      total_input_tokens: prompt,
      total_output_tokens: output,
      output_tokens_by_modality: [{ modality: 'video', tokens: ware }],
      total_thought_tokens: thoughts,
    },
    microUsd: charge(model, { prompt, words, thoughts, ware }),
  };
}

/** Of a picture; `size` is null where the model answers in words. */
export function usedByPicture(model: string, size: string | null, pictures: number): Used {
  const ware = size === null ? 0 : known(PICTURE_TOKENS[model], model, size);
  const prompt = BESIDE_A_PICTURE.prompt + pictures * SHOWN_PICTURE;
  return usedByContent(model, { ...BESIDE_A_PICTURE, prompt, ware });
}

/** Of a storyboard. */
export const usedByStoryboard = (model: string): Used =>
  usedByContent(model, { ...STORYBOARD_TOKENS, ware: 0 });

/** Of what is heard in a sound. */
export const usedByHearing = (model: string, seconds: number, words: number): Used =>
  usedByContent(model, { prompt: Math.ceil(seconds * SOUND_TOKENS), words: 2 * words, thoughts: 0, ware: 0 });

/** The same as an interaction tells it. */
export function usedByListening(model: string, seconds: number, words: number): Used {
  const [prompt, output] = [Math.ceil(seconds * SOUND_TOKENS), 2 * words];
  return {
    usage: {
      total_tokens: prompt + output,
      total_input_tokens: prompt,
      total_output_tokens: output,
      total_thought_tokens: 0,
    },
    microUsd: charge(model, { prompt, words: output, thoughts: 0, ware: 0 }),
  };
}

function usedByContent(model: string, tokens: Tokens): Used {
  const { prompt, words, thoughts, ware } = tokens;
  return {
    usage: {
      promptTokenCount: prompt,
      candidatesTokenCount: words + ware,
      thoughtsTokenCount: thoughts,
      totalTokenCount: prompt + words + ware + thoughts,
      ...(ware > 0 && { candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: ware }] }),
    },
    microUsd: charge(model, tokens),
  };
}

function charge(model: string, { prompt, words, thoughts, ware }: Tokens): number {
  const rates = PER_TOKEN[model];
  if (!rates) throw new Error(`${model} has no price.`);
  const times = model === DEARER.model && Date.now() >= DEARER.from ? 2 : 1;
  const sum = prompt * rates.in + (words + thoughts) * rates.out + ware * rates.ware;
  // Halves and quarters of a micro-dollar are exact; whole ones are charged.
  return Math.ceil(times * sum);
}

function known(prices: BySize | undefined, model: string, of: string): number {
  const price = prices?.[of];
  if (price === undefined) throw new Error(`${model} has nothing at ${of}.`);
  return price;
}
