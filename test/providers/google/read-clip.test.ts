/** What Google's answers about a clip are taken for: those that were seen, and whatever else may come. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLIP_VERDICTS, type ClipVerdict } from '../../../src/providers/clip-verdict.ts';
import { readAnswer } from '../../../src/providers/google/read-answer.ts';
import { readOmni } from '../../../src/providers/google/read-omni.ts';
import { withVeosRules } from '../../../src/providers/google/read-bill.ts';
import { readVeo } from '../../../src/providers/google/read-veo.ts';
import { tableOf } from '../../support/markdown-table.ts';
import { mutate } from './mutate.ts';

const READ = { Veo: readVeo, Omni: readOmni } as const;
type Model = keyof typeof READ;

const read = (model: Model, text: string, status = 200): ClipVerdict =>
  readAnswer({ status, text, words: `${status}: ${text}`, retryAfterSeconds: null }, (body) =>
    READ[model](body, 'its name'),
  );

const named = (told: ClipVerdict): string =>
  told.verdict === 'NOT_KNOWN' ? `NOT_KNOWN, ${told.about.toLowerCase().replace('_', ' ')}` : told.verdict;

describe('docs/google.md', () => {
  const rows = tableOf(readFileSync('docs/google.md', 'utf8'), 'of');

  test.each(rows)('%s, %s: %s is %s', (model, status, answer = '', verdict) => {
    expect(named(read(model as Model, answer.replaceAll('`', ''), Number(status)))).toBe(verdict);
  });

  test('shows every verdict of each model; an operation of Veo is refused for its rate before it has a name', () => {
    for (const model of Object.keys(READ)) {
      const shown = rows.filter(([of]) => of === model).map(([, , , verdict = '']) => verdict.split(',')[0]);
      const said = CLIP_VERDICTS.filter((verdict) => model !== 'Veo' || verdict !== 'REFUSED_BY_QUOTA');
      expect(new Set(shown)).toEqual(new Set(said));
    }
  });
});

describe('of several films', () => {
  test('the first that can be fetched is taken, wherever it stands', () => {
    const videos = [null, {}, { gcsUri: '' }, { video: null }, { gcsUri: 'gs://films/second.mp4' }];
    const film = { verdict: 'FILM', uri: 'gs://films/second.mp4' };
    expect(readVeo({ done: true, response: { videos } }, 'n')).toEqual(film);
    expect(readVeo({ done: true, response: { generateVideoResponse: { videos } } }, 'n')).toEqual(film);
  });

  test('one that came within the answer is fetched by the operation’s name', () => {
    const response = { videos: [{ bytesBase64Encoded: 'AAAA' }] };
    expect(readVeo({ done: true, response }, 'its name')).toEqual({ verdict: 'FILM', uri: 'its name' });
  });

  test('none is what the interaction was given', () => {
    const given = { type: 'user_input', content: [{ type: 'video', uri: 'files/mine' }] };
    expect(readOmni({ status: 'completed', steps: [given] }, 'n')).toMatchObject({ about: 'NOTHING' });
  });
});

test('words of a refusal are kept, those of the model as well', () => {
  const said = { type: 'model_output', content: [{ type: 'text', text: 'I would rather not.' }] };
  expect(readOmni({ status: 'completed', steps: [said] }, 'n')).toEqual({
    verdict: 'REFUSED_BY_SAFETY',
    words: 'I would rather not.',
    refusedInput: 'UNKNOWN',
  });
  // Film was counted: it is not free, whatever is said beside it.
  const usage = { output_tokens_by_modality: [{ modality: 'video', tokens: '17376' }] };
  expect(readOmni({ status: 'completed', steps: [said], usage }, 'n')).toMatchObject({
    verdict: 'NOT_KNOWN',
  });
});

/** Answers as they are, from which the odd ones are bred. */
const WHOLE: [Model, object][] = [
  [
    'Veo',
    { name: 'n', done: true, response: { videos: [{ gcsUri: 'gs://a/b.mp4', mimeType: 'video/mp4' }] } },
  ],
  [
    'Veo',
    { name: 'n', done: true, response: { raiMediaFilteredCount: 1, raiMediaFilteredReasons: ['No.'] } },
  ],
  ['Veo', { name: 'n', done: true, error: { code: 13, message: 'An internal error occurred.' } }],
  ['Omni', { id: 'v1', status: 'in_progress', steps: [] }],
  [
    'Omni',
    {
      id: 'v1',
      status: 'completed',
      steps: [
        { type: 'thought' },
        { type: 'model_output', content: [{ type: 'video', uri: 'https://g/v1/files/a' }] },
      ],
      usage: { output_tokens_by_modality: [{ modality: 'video', tokens: 5 }] },
    },
  ],
  [
    'Omni',
    { id: 'v1', status: 'failed', errors: [{ code: 'content_blocked', message: 'Input blocked: no.' }] },
  ],
  [
    'Omni',
    {
      id: 'v1',
      status: 'failed',
      errors: [{ code: 'content_blocked', message: 'You have not been charged.' }],
    },
  ],
];

/** What stands in an answer that makes a clip free. */
const FREE_BY_WORD: Partial<Record<ClipVerdict['verdict'], RegExp>> = {
  REFUSED_BY_SAFETY: /rai|block|text|reason/i,
  REFUSED_AS_ASKED: /error|cancelled/,
};

/** By Veo's rules what was refused and what ended in an error is free; Omni has none, and has to say so. */
const FREE_BY_ITS: Record<Model, RegExp> = {
  Veo: /rai|error|block|reason|not charged/i,
  Omni: /charged|billed|free of charge|no charge/i,
};

test('of 2,000 odd answers each is one of the verdicts, and none is free without the provider’s word', () => {
  const seeds = fc.record({
    whole: fc.constantFrom(...WHOLE),
    times: fc.integer({ min: 1, max: 4 }),
    rolls: fc.infiniteStream(fc.double({ min: 0, max: 0.999_999, noNaN: true })),
    cut: fc.double({ min: 0, max: 2, noNaN: true }),
    status: fc.constantFrom(200, 200, 200, 400, 404, 429, 500),
  });
  fc.assert(
    fc.property(seeds, ({ whole: [model, answer], times, rolls, cut, status }) => {
      const random = () => rolls.next().value ?? 0;
      let odd: unknown = answer;
      for (let round = 0; round < times; round += 1) odd = mutate(odd, random);
      const text = JSON.stringify(odd) ?? '';
      const told = read(model, text.slice(0, Math.ceil(text.length * cut)), status);
      expect(CLIP_VERDICTS).toContain(told.verdict);
      expect(text).toMatch(FREE_BY_WORD[told.verdict] ?? /^/);
      const { bill } = model === 'Veo' ? withVeosRules(told) : told;
      expect(!bill?.isFree || FREE_BY_ITS[model].test(text)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
