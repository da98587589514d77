/** What answers of Google's say was used, and what that is booked at. */
import { describe, expect, test } from 'vitest';
import { billOfSeconds, billOfUsage, madeSeconds } from '../../src/features/budget/bill.ts';
import { costOf, ratesOf } from '../../src/features/budget/cost-of.ts';
import { MODELS } from '../../src/providers/google/models.ts';
import { quoteClip, quoteKeyframe } from '../../src/providers/google/quotes.ts';
import { saysFree } from '../../src/providers/google/read-bill.ts';
import { type Made, readUsage } from '../../src/providers/google/read-usage.ts';
import type { GoogleModel } from '../../src/providers/google/models.ts';
import type { Usage } from '../../src/providers/price.ts';

const DAY = '2026-11-29';
const modelOf = (name: string): GoogleModel => {
  const found = MODELS.find((model) => model.name === name);
  if (!found) throw new Error(name);
  return found;
};
const costAt = (usage: Usage | null, name: string, resolution: string | null = null) =>
  costOf(usage ?? {}, ratesOf(modelOf(name), { resolution }, DAY));

/** A usage that says all. */
const whole = (answer: unknown, made: Made | null): Usage | null => {
  const { says, usage } = readUsage(answer, made);
  expect(says).toBe('ALL');
  return usage;
};

/** An interaction's usage; thoughts lie outside the output. */
const ofOmni = (input: number, output: number, video: number, thoughts: number, total?: number) => ({
  usage: {
    total_tokens: total ?? input + output + thoughts,
    total_input_tokens: input,
    total_output_tokens: output,
    output_tokens_by_modality: [{ modality: 'video', tokens: video }],
    total_thought_tokens: thoughts,
  },
});

describe('a clip by Omni 1.1, as others measured it', () => {
  test.each<[string, ReturnType<typeof ofOmni>, number]>([
    ['10 s at 720p', ofOmni(13, 58_865, 57_920, 366), 1_013_600 + (945 + 366) * 9 + 13 * 1.5],
    ['3 s at 720p', ofOmni(16, 17_937, 17_376, 294), 304_080 + (561 + 294) * 9 + 16 * 1.5],
    ['8 s at 720p from a picture', ofOmni(908, 46_336, 46_336, 480), 810_880 + 480 * 9 + 908 * 1.5],
    ['3 s at 720p, $0.309401', ofOmni(25, 17_766, 17_376, 197), 309_400.5],
  ])('%s is film by its tokens, the rest as words, thoughts included', (_, answer, microUsd) => {
    expect(costAt(whole(answer, 'FILM'), 'gemini-omni-1.1-flash')).toBe(Math.ceil(microUsd));
  });

  /** Seconds, resolution, pictures sent along, and what it cost at most. */
  test.each<[number, '360p' | '720p', number, number]>([
    [3, '360p', 1, 117_000],
    [3, '360p', 2, 114_300],
    [3, '360p', 4, 124_800],
    [5, '360p', 1, 182_500],
    [10, '360p', 2, 357_000],
    [3, '720p', 2, 309_401],
    [5, '720p', 2, 514_500],
  ])(
    '%i s at %s with %i pictures: what is set aside covers it',
    (seconds, resolution, pictures, measured) => {
      const models = { CLIP: modelOf('gemini-omni-1.1-flash') } as Parameters<typeof quoteClip>[0]['models'];
      const asked = { aspectRatio: '16:9', clipsFrom: 'REFERENCE_IMAGES', references: pictures } as const;
      const quote = quoteClip({ models, resolution }, seconds, asked);
      const rates = ratesOf(models.CLIP, quote, DAY);
      expect(costOf(quote.most, rates)).toBeGreaterThanOrEqual(measured);
      expect(costOf(quote.likely, rates)).toBeLessThanOrEqual(costOf(quote.most, rates));
    },
  );
});

describe('a picture', () => {
  const ofPro = {
    usageMetadata: {
      promptTokenCount: 32,
      candidatesTokenCount: 1_772,
      totalTokenCount: 2_552,
      candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: 1_120 }],
      thoughtsTokenCount: 748,
    },
  };
  const ofFlash = {
    usageMetadata: {
      promptTokenCount: 10,
      candidatesTokenCount: 1_392,
      totalTokenCount: 1_402,
      candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: 1_120 }],
    },
  };

  test('is charged by its tokens, and by what was thought and said beside it', () => {
    expect(costAt(whole(ofPro, 'PICTURE'), 'gemini-3-pro-image')).toBe(134_400 + 1_400 * 12 + 32 * 2);
    expect(costAt(whole(ofFlash, 'PICTURE'), 'gemini-3.1-flash-image')).toBe(67_200 + 272 * 3 + 5);
  });

  test('costs no more than is set aside for it', () => {
    for (const [name, answer] of [
      ['gemini-3-pro-image', ofPro],
      ['gemini-3.1-flash-image', ofFlash],
    ] as const) {
      const quote = quoteKeyframe('720p', { position: 'START' });
      const rates = ratesOf(modelOf(name), quote, DAY);
      expect(costOf(quote.most, rates)).toBeGreaterThanOrEqual(costAt(whole(answer, 'PICTURE'), name));
    }
  });
});

describe('words', () => {
  test('are charged with thoughts as what comes out, tools as what goes in, and cached input at its own price', () => {
    const usageMetadata = {
      promptTokenCount: 55,
      cachedContentTokenCount: 40,
      candidatesTokenCount: 51,
      thoughtsTokenCount: 56,
      toolUsePromptTokenCount: 89,
      totalTokenCount: 251,
    };
    const usage = whole({ usageMetadata }, 'TEXT');
    expect(usage).toEqual({
      MILLION_INPUT_TOKENS: 0.000104,
      MILLION_CACHED_INPUT_TOKENS: 0.00004,
      MILLION_OUTPUT_TOKENS: 0.000107,
    });
    expect(costAt(usage, 'gemini-3.8-flash')).toBe(Math.ceil(104 * 0.75 + 40 * 0.075 + 107 * 3.75));
  });

  test('that only the total counts came out', () => {
    const usageMetadata = { promptTokenCount: 10, candidatesTokenCount: 20, totalTokenCount: 100 };
    expect(whole({ usageMetadata }, 'TEXT')).toEqual({
      MILLION_INPUT_TOKENS: 0.00001,
      MILLION_OUTPUT_TOKENS: 0.00009,
    });
  });

  test('counts that came as text are numbers, and are not joined', () => {
    const usageMetadata = {
      promptTokenCount: '900',
      candidatesTokenCount: '1500',
      thoughtsTokenCount: '500',
    };
    expect(whole({ usageMetadata }, 'TEXT')).toEqual({
      MILLION_INPUT_TOKENS: 0.0009,
      MILLION_OUTPUT_TOKENS: 0.002,
    });
  });

  test.each<[string, unknown]>([
    ['no usage', {}],
    ['null', { usageMetadata: null }],
    ['an empty one', { usageMetadata: {} }],
    ['nothing but zeros', { usageMetadata: { promptTokenCount: 0, totalTokenCount: '0' } }],
  ])('%s says nothing: it is none, and not 0', (_, answer) => {
    expect(readUsage(answer, null)).toEqual({ says: 'NOTHING', usage: null });
  });

  test.each<[string, unknown]>([
    ['no numbers', { usage: { total_tokens: 'many', total_input_tokens: -3, total_output_tokens: 1.5 } }],
    ['more than there can be', { usage: { total_tokens: 1e12 } }],
    ['one of several', { usageMetadata: { promptTokenCount: 900, candidatesTokenCount: '1,500' } }],
    ['one of a kind', { usage: { ...ofOmni(13, 17_376, 17_376, 1).usage, total_thought_tokens: {} } }],
  ])('%s cannot be read: that is not 0, whatever was made', (_, answer) => {
    for (const made of [null, 'FILM', 'PICTURE', 'TEXT'] as const)
      expect(readUsage(answer, made)).toEqual({ says: 'TOO_LITTLE', usage: null });
  });
});

/** A small generator: the same numbers in every run. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const ODDITIES = [null, undefined, NaN, -5, 1.5, '12', ' 7 ', '', 'x', [], {}, true, Infinity, 1e300, '1e5'];
const MODALITIES = ['VIDEO', 'video', 'IMAGE', 'text', 'AUDIO', null];

/** A usage of one of the two forms, with what is no number here and there. */
function anyUsage(next: () => number): object {
  const oneOf = (list: readonly unknown[]) => list[Math.floor(next() * list.length)];
  const count = () => (next() < 0.3 ? oneOf(ODDITIES) : Math.floor(next() * 50_000));
  const list = (name: string) =>
    Array.from({ length: Math.floor(next() * 3) }, () => ({ modality: oneOf(MODALITIES), [name]: count() }));
  if (next() < 0.5) {
    const usageMetadata = {
      promptTokenCount: count(),
      cachedContentTokenCount: count(),
      candidatesTokenCount: count(),
      thoughtsTokenCount: count(),
      toolUsePromptTokenCount: count(),
      totalTokenCount: count(),
      candidatesTokensDetails: list('tokenCount'),
    };
    return { usageMetadata };
  }
  const usage = {
    total_tokens: count(),
    total_input_tokens: count(),
    total_cached_tokens: count(),
    total_output_tokens: count(),
    total_thought_tokens: count(),
    total_tool_use_tokens: count(),
    output_tokens_by_modality: list('tokens'),
  };
  return { usage };
}

/** Every count in it, added up; what is none is 0. */
function allCounts(value: unknown): number {
  if (typeof value === 'object' && value !== null)
    return Object.values(value).reduce<number>((sum, each) => sum + allCounts(each), 0);
  const number = typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number > 0 && number < 1e9 ? number : 0;
}

test('whatever a usage holds, its bill is a whole number, above 0, and at most all its tokens at the dearest rate', () => {
  const next = randomOf(21);
  const most = { SECOND: 4 };
  const bills = Array.from({ length: 3_000 }, () => {
    const model = MODELS[Math.floor(next() * MODELS.length)] ?? modelOf('gemini-3.8-flash');
    const answer = anyUsage(next);
    const rates = ratesOf(model, { resolution: '720p' }, DAY);
    const made = ([null, 'FILM', 'PICTURE', 'TEXT'] as const)[Math.floor(next() * 4)] ?? null;
    const { usage } = readUsage(answer, made);
    const bill = billOfUsage({ microUsd: 77, most, rates }, { usage });
    const dearest = Math.max(...Object.values(rates)) / 1_000_000;
    return { answer, bill, limit: Math.ceil(allCounts(answer) * dearest) + 1 };
  });
  const isWrong = ({ bill: { microUsd }, limit }: (typeof bills)[number]) =>
    !Number.isSafeInteger(microUsd) || microUsd <= 0 || microUsd > limit;
  const [estimated = [], counted = []] = [true, false].map((isEstimate) =>
    bills.filter(({ bill }) => bill.isEstimate === isEstimate),
  );
  expect(counted.length).toBeGreaterThan(200);
  expect(counted.filter(isWrong)).toEqual([]);
  expect(new Set(estimated.map(({ bill }) => bill.microUsd))).toEqual(new Set([77]));
});

describe('a clip of which no usage is told', () => {
  const veo = { microUsd: 1_600_000, most: { SECOND: 4 }, rates: { SECOND: 400_000 } };
  const omni = {
    microUsd: 122_379,
    most: { SECOND: 3, MILLION_OUTPUT_TOKENS: 0.002, MILLION_INPUT_TOKENS: 0.002 },
    rates: { SECOND: 33_793, MILLION_OUTPUT_TOKENS: 9_000_000, MILLION_INPUT_TOKENS: 1_500_000 },
  };

  test('is booked by the seconds that were made', () => {
    expect(billOfSeconds(veo, 4.04)).toEqual({
      microUsd: 1_600_000,
      usage: { SECOND: 4 },
      isEstimate: false,
    });
    expect(billOfSeconds(veo, 8.01)).toMatchObject({ microUsd: 3_200_000, isEstimate: false });
    expect(billOfSeconds(veo, 2)).toMatchObject({ microUsd: 800_000 });
  });

  test('is an estimate where seconds stand for tokens, and where nothing is known of the rates', () => {
    expect(billOfSeconds(omni, 3)).toEqual({ microUsd: 122_379, usage: omni.most, isEstimate: true });
    expect(billOfSeconds(omni, 4).microUsd).toBe(122_379 + 33_793);
    const old = { ...veo, rates: {} };
    expect(billOfSeconds(old, 8)).toEqual({ microUsd: 1_600_000, usage: { SECOND: 4 }, isEstimate: true });
    expect(billOfUsage(old, { usage: null }).isEstimate).toBe(true);
  });

  test('a frame more or less is no other length', () => {
    expect([7.6, 8, 8.4].map((seconds) => madeSeconds(8, seconds))).toEqual([null, null, null]);
    expect([5, 5.04, 7.4, 8.6, 10.2].map((seconds) => madeSeconds(8, seconds))).toEqual([5, 5, null, 9, 10]);
    expect([0, -1, NaN].map((seconds) => madeSeconds(8, seconds))).toEqual([null, null, null]);
  });
});

describe('that nothing is charged', () => {
  test.each([
    'Veo could not generate 1 videos based on the prompt provided. You will not be charged for this request.',
    'We encountered an issue with the audio for your prompt. You have not been charged for this attempt.',
    'You will not be charged for blocked videos.',
  ])('Google says: %s', (words) => {
    expect(saysFree(words)).toBe(true);
  });

  test.each([
    'Unable to show the generated video. Try rephrasing the prompt.',
    'Input blocked: The prompt could not be processed.',
    'You will be charged for this request.',
    'An internal error occurred.',
  ])('Google does not say: %s', (words) => {
    expect(saysFree(words)).toBe(false);
  });
});
