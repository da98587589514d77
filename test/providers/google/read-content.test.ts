/** What Google's answers to an order of text or of a picture are taken for, and what they cost by their own word. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { billOf } from '../../../src/providers/google/content-bill.ts';
import {
  CONTENT_VERDICTS,
  type ContentVerdict,
  type Wanted,
} from '../../../src/providers/google/content-verdict.ts';
import { parseJson } from '../../../src/providers/google/json-walk.ts';
import { readContent, readRefused } from '../../../src/providers/google/read-content.ts';
import { refusalOf } from '../../../src/providers/google/refusal.ts';
import { tableOf } from '../../support/markdown-table.ts';
import { mutate } from './mutate.ts';

const CALL = {
  name: 'Google m',
  paid: true,
  begins: false,
  namesModel: true,
  secrets: [],
  patience: { firstSeconds: 1, inAllSeconds: 1 },
  callsPerMinute: 5,
};

async function read(wanted: Wanted, text: string, status = 200): Promise<ContentVerdict> {
  if (status < 300) return readContent(parseJson(text), wanted);
  return readRefused(await refusalOf(CALL, new Response(text, { status })));
}

function named(told: ContentVerdict): string {
  if (told.verdict === 'CUT') return `CUT, ${told.why.toLowerCase().replace('_', ' ')}`;
  return told.verdict === 'REFUSED_BY_SAFETY' && told.isChance
    ? 'REFUSED_BY_SAFETY, by chance'
    : told.verdict;
}

describe('docs/google.md', () => {
  const rows = tableOf(readFileSync('docs/google.md', 'utf8'), 'wanted');

  test.each(rows)('%s, %s: %s is %s', async (wanted = '', status, answer = '', verdict) => {
    const told = await read(wanted.toUpperCase() as Wanted, answer.replaceAll('`', ''), Number(status));
    expect(named(told)).toBe(verdict);
  });

  test('shows every verdict', () => {
    const shown = rows.map(([, , , verdict = '']) => verdict.split(',')[0]);
    expect(new Set(shown)).toEqual(new Set(CONTENT_VERDICTS));
  });
});

/** An answer as it was recorded, or told. */
const recorded = (name: string): unknown => {
  const content = JSON.parse(
    readFileSync(`test/fixtures/google/veo-images-text/${name}.json`, 'utf8'),
  ) as Record<string, unknown>;
  return content['body'] ?? content;
};

test.each<[string, Wanted, string, number | null]>([
  ['image-3.1-flash-image.200', 'PICTURE', 'PICTURE', 10],
  ['told.image-3-pro-image-usage', 'PICTURE', 'PICTURE', 32],
  ['image-no-image.200', 'PICTURE', 'REFUSED_BY_SAFETY, by chance', 9],
  ['told.image-other', 'PICTURE', 'REFUSED_BY_SAFETY, by chance', null],
  ['told.image-prohibited-role-only', 'PICTURE', 'REFUSED_BY_SAFETY', null],
  ['told.image-safety-null-parts', 'PICTURE', 'REFUSED_BY_SAFETY', null],
  ['image-prompt-blocked.200', 'PICTURE', 'REFUSED_BY_SAFETY', 9],
  ['text-prompt-blocked.200', 'TEXT', 'REFUSED_BY_SAFETY', 9],
  ['text-3.7-flash-low.200', 'TEXT', 'TEXT', 2],
  // Tokens of tools go in too.
  ['text-usage-with-thoughts-and-tools.200', 'TEXT', 'CUT, empty', 144],
  ['gemini-max-tokens-thoughts-only.200', 'TEXT', 'CUT, no room', 17],
  ['vertex-2.5-flash-json-schema.200', 'TEXT', 'TEXT', 4],
])('%s as %s is %s, and charged for %s tokens of prompt', (name, wanted, verdict, prompt) => {
  const body = recorded(name);
  const told = readContent(body, wanted);
  expect(named(told)).toBe(verdict);
  const { isFree, usage } = billOf(body, told);
  expect(isFree ? null : Math.round((usage?.MILLION_INPUT_TOKENS ?? 0) * 1_000_000)).toBe(prompt);
});

const picture = (data: string, thought = false) => ({
  inlineData: { mimeType: 'image/jpeg', data },
  thought,
});

test('of several pictures the last that is no thought is taken', () => {
  const parts = [
    picture('idea', true),
    picture('first'),
    { text: 'Or rather:' },
    picture('last'),
    picture('doubt', true),
  ];
  expect(readContent({ candidates: [{ finishReason: 'STOP', content: { parts } }] }, 'PICTURE')).toEqual({
    verdict: 'PICTURE',
    data: 'last',
  });
});

test('Google’s words for a refusal are kept, wherever they stand', () => {
  const finishMessage = 'Try rephrasing the prompt.';
  expect(
    readContent({ candidates: [{ content: {}, finishReason: 'IMAGE_OTHER', finishMessage }] }, 'PICTURE'),
  ).toMatchObject({
    words: 'no picture came (IMAGE_OTHER). Try rephrasing the prompt.',
  });
  const promptFeedback = { blockReason: 'OTHER', blockReasonMessage: 'Not this.' };
  expect(readContent({ promptFeedback }, 'TEXT')).toMatchObject({ words: 'blocked (OTHER). Not this.' });
  const content = { parts: [{ text: 'I would rather not draw.' }] };
  expect(readContent({ candidates: [{ content, finishReason: 'STOP' }] }, 'PICTURE')).toMatchObject({
    words: 'no picture came (STOP). I would rather not draw.',
    isChance: false,
  });
});

/** The bill of a frame that did not come. */
function billOfOther(usageMetadata: object | undefined, finishMessage: string) {
  const body = { candidates: [{ content: {}, finishReason: 'IMAGE_OTHER', finishMessage }], usageMetadata };
  return billOf(body, readContent(body, 'PICTURE'));
}

describe('money', () => {
  test('of a refusal is none by Google’s word, else by its tokens', () => {
    const usage = { promptTokenCount: 59, candidatesTokenCount: 11 };
    expect(billOfOther(usage, 'You will not be charged for this request.')).toMatchObject({ isFree: true });
    expect(billOfOther(usage, 'You were not so lucky.')).toMatchObject({
      isFree: false,
      usage: { MILLION_INPUT_TOKENS: 0.000_059, MILLION_OUTPUT_TOKENS: 0.000_011 },
    });
    expect(billOfOther(undefined, 'Sorry.')).toMatchObject({ isFree: true, usage: null });
  });

  test('of what is not known is never none', () => {
    for (const body of [undefined, null, {}, { candidates: [null] }, { usageMetadata: null }])
      expect(billOf(body, readContent(body, 'PICTURE'))).toEqual({
        isFree: false,
        says: 'NOTHING',
        usage: null,
      });
  });

  test('of a refusal whose count cannot be read is not none', () => {
    expect(billOfOther({ promptTokenCount: 'many' }, 'Sorry.')).toMatchObject({
      isFree: false,
      says: 'TOO_LITTLE',
    });
  });
});

/** Answers as they are, from which the odd ones are bred. */
const USAGE = { promptTokenCount: 9, candidatesTokenCount: 1_120, totalTokenCount: 1_129 };
const WHOLE: [Wanted, object][] = [
  [
    'PICTURE',
    {
      candidates: [
        {
          content: {
            role: 'model',
            parts: [{ text: 'Hm.', thought: true }, { inlineData: { mimeType: 'image/jpeg', data: 'AAAA' } }],
          },
          finishReason: 'STOP',
        },
      ],
      usageMetadata: USAGE,
    },
  ],
  ['PICTURE', { candidates: [{ content: {}, finishReason: 'NO_IMAGE' }], usageMetadata: USAGE }],
  [
    'PICTURE',
    {
      candidates: [{ content: {}, finishReason: 'IMAGE_OTHER', finishMessage: 'You will not be charged.' }],
      usageMetadata: USAGE,
    },
  ],
  ['PICTURE', { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata: USAGE }],
  [
    'TEXT',
    {
      candidates: [{ content: { parts: [{ text: '{"scenes": []}' }] }, finishReason: 'STOP' }],
      usageMetadata: USAGE,
    },
  ],
  [
    'TEXT',
    {
      candidates: [{ content: { parts: [{ text: 'Hm.', thought: true }] }, finishReason: 'MAX_TOKENS' }],
      usageMetadata: USAGE,
    },
  ],
  ['TEXT', { error: { code: 13, message: 'An internal error occurred.' } }],
];

test('of 2,000 odd answers each is one of the verdicts, and none is free without Google’s word', async () => {
  const seeds = fc.record({
    whole: fc.constantFrom(...WHOLE),
    times: fc.integer({ min: 1, max: 4 }),
    rolls: fc.infiniteStream(fc.double({ min: 0, max: 0.999_999, noNaN: true })),
    cut: fc.double({ min: 0, max: 2, noNaN: true }),
    status: fc.constantFrom(200, 200, 200, 400, 404, 429, 500),
  });
  await fc.assert(
    fc.asyncProperty(seeds, async ({ whole: [wanted, answer], times, rolls, cut, status }) => {
      const random = () => rolls.next().value ?? 0;
      let odd: unknown = answer;
      for (let round = 0; round < times; round += 1) odd = mutate(odd, random);
      const text = (JSON.stringify(odd) ?? '').slice(0, Math.ceil((JSON.stringify(odd) ?? '').length * cut));
      const told = await read(wanted, text, status);
      expect(CONTENT_VERDICTS).toContain(told.verdict);
      if (status >= 300) return;
      const { isFree } = billOf(parseJson(text), told);
      expect(text).toMatch(isFree ? /blockReason|NO_IMAGE|IMAGE_OTHER|STOP|block|charged/ : /^/);
      expect(isFree ? told.verdict : null).toBe(isFree ? 'REFUSED_BY_SAFETY' : null);
    }),
    { numRuns: 2_000 },
  );
});
