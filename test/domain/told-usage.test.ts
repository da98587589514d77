/** Whether a usage has the tokens of what was made, or only some of the bill. */
import { describe, expect, test } from 'vitest';
import { withBill } from '../../src/providers/google/read-bill.ts';
import { type Made, readUsage } from '../../src/providers/google/read-usage.ts';

/** The two forms of a usage, by what it says came in and out, in all, and of which kinds. */
type Said = { input?: number; output?: number; total?: number; kinds?: [string | null, number][] };
const FORMS: Readonly<Record<string, (said: Said) => object>> = {
  interaction: ({ input, output, total, kinds }) => ({
    usage: {
      total_input_tokens: input,
      total_output_tokens: output,
      total_tokens: total,
      output_tokens_by_modality: kinds?.map(([modality, tokens]) => ({ modality, tokens })),
    },
  }),
  generateContent: ({ input, output, total, kinds }) => ({
    usageMetadata: {
      promptTokenCount: input,
      candidatesTokenCount: output,
      totalTokenCount: total,
      candidatesTokensDetails: kinds?.map(([modality, tokenCount]) => ({ modality, tokenCount })),
    },
  }),
};

describe.each(Object.entries(FORMS))('what was made has its own tokens in a usage (%s)', (_, of) => {
  const asFilm = { says: 'ALL_BUT_KINDS', usage: { MILLION_VIDEO_OUTPUT_TOKENS: 0.017376 } };

  test.each<[string, Said]>([
    ['no kind', { output: 17_376 }],
    ['only a total', { total: 17_376 }],
    ['a kind without a name', { output: 17_376, kinds: [[null, 17_376]] }],
    ['a kind of which we know nothing', { output: 17_376, kinds: [['HOLOGRAM', 17_376]] }],
    ['a sound of it', { output: 17_376, kinds: [['AUDIO', 376]] }],
    ['too few for a film', { output: 17_376, kinds: [['VIDEO', 1]] }],
  ])('a film of which it tells %s is charged as film, as an estimate', (_name, said) => {
    expect(readUsage(of(said), 'FILM')).toEqual(asFilm);
  });

  test('a film beside which there are words and a sound takes all but the words', () => {
    const said = of({
      output: 17_976,
      kinds: [
        ['video', 17_000],
        ['audio', 376],
        ['text', 500],
      ],
    });
    expect(readUsage(said, 'FILM')).toEqual({
      says: 'ALL_BUT_KINDS',
      usage: { MILLION_VIDEO_OUTPUT_TOKENS: 0.017376, MILLION_OUTPUT_TOKENS: 0.0006 },
    });
  });

  test('a picture of which it tells no kind is charged as a picture, as an estimate', () => {
    expect(readUsage(of({ input: 10, output: 1_120 }), 'PICTURE')).toEqual({
      says: 'ALL_BUT_KINDS',
      usage: { MILLION_INPUT_TOKENS: 0.00001, MILLION_IMAGE_OUTPUT_TOKENS: 0.00112 },
    });
  });

  test.each<[Made, Said]>([
    ['FILM', { input: 13 }],
    ['FILM', { input: 13, output: 300, total: 313 }],
    ['FILM', { input: 13, output: 17_376, kinds: [['TEXT', 17_376]] }],
    ['PICTURE', { input: 13 }],
    ['PICTURE', { input: 13, output: 200, kinds: [['TEXT', 200]] }],
    ['TEXT', { input: 13, total: 13 }],
  ])('a %s that is not in %j is told too little of, and never charged by it', (made, said) => {
    expect(readUsage(of(said), made)).toEqual({ says: 'TOO_LITTLE', usage: null });
  });

  test('so a clip’s bill says what of it is concluded, and has no usage where that is too little', () => {
    const film = { verdict: 'FILM', uri: 'files/f' } as const;
    const billOf = (said: Said) => withBill(film, of(said)).bill;
    expect(billOf({ output: 17_376 })).toEqual({ usage: asFilm.usage, isEstimate: true, isFree: false });
    expect(billOf({ output: 17_376, kinds: [['video', 17_376]] })).toEqual({
      usage: asFilm.usage,
      isFree: false,
    });
    expect(billOf({ input: 13 })).toEqual({ usage: null, isFree: false });
  });

  test('where nothing was made, what went in is all', () => {
    expect(readUsage(of({ input: 13, total: 13 }), null)).toEqual({
      says: 'ALL',
      usage: { MILLION_INPUT_TOKENS: 0.000013 },
    });
  });
});
