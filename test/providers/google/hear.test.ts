/** What is heard: what the real SDK sends, and what comes of every answer that is known, on both surfaces. */
import { describe, expect, test } from 'vitest';
import { ProviderError } from '../../../src/providers/provider-error.ts';
import { useGoogleTest } from './support.ts';
import { modelPath, SURFACES } from './wire.ts';

const google = useGoogleTest();
const MODEL = 'gemini-3.5-transcribe';

let sounds = 0;
const anotherSound = () => `Heard number ${(sounds += 1)}.`;

/** What a call comes to that Google answers with one of the recorded answers. */
async function heardAs(file: string, surface: (typeof SURFACES)[number] = 'GEMINI', takesSilence = false) {
  const said = anotherSound();
  await google.server.play({ scenario: `hearing/${file}`, subject: said, times: 1 });
  return google.customer(surface).hear(said, { takesSilence, durationSeconds: 60 });
}

const failureOf = async (file: string, surface?: (typeof SURFACES)[number]): Promise<ProviderError> => {
  const error: unknown = await heardAs(file, surface).catch((cause: unknown) => cause);
  if (error instanceof ProviderError) return error;
  throw new Error(`${file} is no failure.`);
};

describe.each(SURFACES)('on %s', (surface) => {
  test('a sound is sent alone, for words with times, and for speakers where they are asked for', async () => {
    const said = anotherSound();
    const customer = google.customer(surface);
    const requests = await customer.requestsOf(async () => {
      const heard = await customer.hear(said, { languages: ['en-US'], speakers: true });
      expect(heard).toMatchObject({
        text: said,
        language: 'en-US',
        heardBy: MODEL,
        cut: null,
        guessedWords: 0,
        usage: { MILLION_INPUT_TOKENS: 30 / 1_000_000, MILLION_OUTPUT_TOKENS: 6 / 1_000_000 },
      });
      expect(heard.words[1]).toEqual({
        word: 'number',
        startSeconds: 0.4,
        endSeconds: 0.8,
        speaker: 'spk:0',
      });
    });
    const path = modelPath(surface, MODEL).replace(/^\/v1\//, '/v1beta/');
    expect(requests).toMatchObject([{ method: 'POST', path: `${path}:generateContent` }]);
    expect(requests[0]?.body).toEqual({
      contents: [
        {
          role: 'user',
          parts: [{ inlineData: { mimeType: 'audio/m4a', data: Buffer.from(said).toString('base64') } }],
        },
      ],
      generationConfig: {
        audioTranscriptionConfig: {
          languageCodes: ['en-US'],
          wordTimestamp: true,
          diarization: true,
          mode: 'VERBATIM',
        },
      },
    });
  });

  test('an empty answer is charged and asked for again; again empty, it is silence', async () => {
    const customer = google.customer(surface);
    const error: unknown = await customer.hear(' ').catch((cause: unknown) => cause);
    expect(error).toMatchObject({ outcome: 'IN_VAIN', receipt: expect.any(Object) });
    expect(await customer.hear(' ', { takesSilence: true })).toMatchObject({
      words: [],
      text: '',
      cut: null,
    });
  });
});

describe('of what others were answered,', () => {
  test('speakers are told apart, and a word of no length stays', async () => {
    const { words, text } = await heardAs('gc-words-diarized');
    expect(text).toBe('Okay, so the first rule is simple. Which one?');
    expect(words.map(({ speaker }) => speaker)).toEqual([
      ...Array<string>(7).fill('spk:0'),
      'spk:1',
      'spk:1',
    ]);
    expect(words[2]).toMatchObject({ word: 'the', startSeconds: 0.6, endSeconds: 0.6 });
  });

  test.each([
    ['gc-words-docs-labels', 7],
    ['gc-plain-text-only-in-audioTranscription', 0],
    ['int-nested-mode-ignored-no-words', 0],
    ['int-words-diarized', 9],
    ['int-text-but-zero-output-tokens', 9],
  ] as const)('%s has a text and %s words', async (file, count) => {
    const { words, text } = await heardAs(file, 'GEMINI', file.startsWith('int-'));
    expect(words).toHaveLength(count);
    expect(text).toMatch(/^Okay, so the first rule is simple\./);
  });

  test('what does not count its tokens is booked by what was set aside', async () => {
    expect(await heardAs('int-text-but-zero-output-tokens', 'GEMINI', true)).toMatchObject({ usage: null });
    expect(await heardAs('int-words-diarized', 'GEMINI', true)).toMatchObject({
      usage: { MILLION_INPUT_TOKENS: 0.0001, MILLION_OUTPUT_TOKENS: 0.000061 },
    });
  });

  test('wild times are taken from their words, which stay where they were said', async () => {
    const { words, guessedWords } = await heardAs('int-odd-words', 'GEMINI', true);
    expect(words.map(({ word }) => word).join(' ')).toBe('service and from my first days here late');
    expect(guessedWords).toBe(2);
    for (const [index, { startSeconds, endSeconds }] of words.entries()) {
      expect(endSeconds).toBeGreaterThanOrEqual(startSeconds);
      expect(startSeconds).toBeGreaterThanOrEqual(words[index - 1]?.endSeconds ?? 0);
      expect(endSeconds).toBeLessThanOrEqual(60);
    }
    expect(words[1]?.startSeconds).toBeCloseTo(9.8);
    expect(words[5]).toMatchObject({ word: 'days', startSeconds: 11 });
  });

  test.each(['int-silence-no-steps', 'int-silence-empty-content'])('%s is silence', async (file) => {
    expect(await heardAs(file, 'GEMINI', true)).toMatchObject({
      words: [],
      text: '',
      usage: { MILLION_INPUT_TOKENS: 0.00025 },
    });
  });

  test.each([
    ['gc-empty-part-200', 'IN_VAIN', 'PROVIDER_UNAVAILABLE', true],
    ['gc-empty-200-transient', 'IN_VAIN', 'PROVIDER_UNAVAILABLE', true],
    ['gc-max-tokens-by-thinking', 'IN_VAIN', 'PROVIDER_FAILED', true],
    ['gc-blocked-prohibited', 'REFUSED', 'PROMPT_BLOCKED', true],
    ['gc-recitation', 'REFUSED', 'PROMPT_BLOCKED', true],
    ['err-400-bad-key', 'REFUSED', 'PROVIDER_PERMISSION', false],
    ['err-400-smart-with-timestamps', 'REFUSED', 'REQUEST_REJECTED', false],
    ['err-400-thinking-minimal', 'REFUSED', 'REQUEST_REJECTED', false],
    ['err-400-vocabulary-with-diarization', 'REFUSED', 'REQUEST_REJECTED', false],
    ['err-400-vocabulary-with-timestamps', 'REFUSED', 'REQUEST_REJECTED', false],
    ['err-429-free-requests', 'NOT_ACCEPTED', 'PROVIDER_QUOTA', false],
    ['err-429-free-tokens-per-minute', 'NOT_ACCEPTED', 'PROVIDER_QUOTA', false],
    ['err-429-prepay-empty', 'REFUSED', 'PROVIDER_BILLING', false],
  ] as const)('%s is %s, %s', async (file, outcome, code, isCharged) => {
    const error = await failureOf(file);
    expect(error).toMatchObject({ outcome, code });
    expect(error.receipt !== null).toBe(isCharged);
  });

  test('an unknown name on Vertex leads to that of the preview, which is charged once', async () => {
    const heard = await heardAs('err-404-vertex-ga-id', 'VERTEX');
    expect(heard).toMatchObject({ heardBy: 'gemini-3.5-transcribe-preview' });
    expect(await failureOf('err-404-vertex-ga-id', 'GEMINI')).toMatchObject({ code: 'MODEL_NOT_FOUND' });
  });
});

test('what is too long or too large is refused with nothing sent', async () => {
  const customer = google.customer('GEMINI');
  const requests = await customer.requestsOf(async () => {
    for (const more of [{ durationSeconds: 1_801 }, {}])
      await expect(
        customer.hear(more.durationSeconds ? 'long' : 'x'.repeat(14_000_001), more),
      ).rejects.toMatchObject({
        outcome: 'REFUSED',
      });
  });
  expect(requests).toEqual([]);
});
