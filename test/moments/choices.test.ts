/** What a model chose, held to what was asked for. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitChoices, type Fitting } from '../../src/features/moments/ask/fit-choices.ts';
import { partTalk } from '../../src/features/moments/ask/part-talk.ts';
import { requestOf } from '../../src/features/moments/ask/question.ts';
import { readChoices } from '../../src/features/moments/ask/read-choices.ts';

const talkOf = (count: number, seconds = 5) =>
  Array.from({ length: count }, (_, index) => ({
    text: `Sentence ${index + 1}.`,
    startSeconds: index * seconds,
    endSeconds: index * seconds + seconds - 0.5,
  }));
const fittingOf = (count: number, more: Partial<Fitting> = {}): Fitting => ({
  sentences: talkOf(count),
  range: { first: 0, last: count - 1 },
  minSeconds: 15,
  maxSeconds: 40,
  least: 1,
  most: 5,
  ...more,
});
const placesOf = (answer: unknown, fitting = fittingOf(40)) => {
  const reading = readChoices(answer, fitting);
  return 'choices' in reading ? reading.choices.map(({ first, last }) => [first + 1, last + 1]) : reading;
};

describe('an answer', () => {
  test('with every fault that was reported comes to what of it holds', () => {
    const odd = JSON.parse(readFileSync('test/fixtures/google/hearing/moments-odd-choices.json', 'utf8'));
    const reading = readChoices(odd, fittingOf(40));
    // 22 to 28 scores 11, which is 10; 9 to 12 leaves its first to the better one, and gets one behind; 41 is none; 20 to 17 is turned round.
    expect(placesOf(odd)).toEqual([
      [22, 28],
      [3, 9],
      [10, 13],
      [17, 20],
    ]);
    expect(reading).toMatchObject({
      isWhole: true,
      choices: [{ score: 10 }, { score: 8 }, {}, { score: 6 }],
    });
    expect('changes' in reading && reading.changes.join(' ')).toMatch(
      /sentences that there are not.*turned round.*same as a better one.*over a better one/,
    );
  });

  test('is read out of a text, fenced and cut off', () => {
    const text =
      '```json\n{"moments": [{"first": 1, "last": 4, "title": "One", "score": 7, "reason": "So."}, {"first": 9';
    expect(placesOf(text)).toEqual([[1, 4]]);
  });

  test.each([
    ['prose', 'There was no JSON in it.'],
    ['an empty list', { moments: [] }],
    ['a list of others', { moments: [{ start: '00:10', end: '00:30' }] }],
    ['another object', { clips: 3 }],
    [
      'unknown sentences alone',
      {
        moments: [
          { first: 0, last: 4 },
          { first: 38, last: 41 },
        ],
      },
    ],
  ])('of %s is of no use, and says why', (_, answer) => {
    expect(readChoices(answer, fittingOf(40))).toEqual({ problem: expect.any(String) });
  });

  test('with fewer than were asked for is not whole', () => {
    const reading = readChoices({ moments: [{ first: 1, last: 4 }] }, fittingOf(40, { least: 2 }));
    expect(reading).toMatchObject({
      isWhole: false,
      changes: [expect.stringMatching(/at least 2 parts.*chose 1/)],
    });
  });

  test('too short begins earlier, too long begins later', () => {
    expect(placesOf({ moments: [{ first: 10, last: 11 }] })).toEqual([[8, 11]]);
    expect(placesOf({ moments: [{ first: 10, last: 30 }] })).toEqual([[23, 30]]);
    expect(placesOf({ moments: [{ first: 1, last: 1 }] })).toEqual([[1, 4]]);
  });

  test('whatever is in it, what is taken is whole sentences in the lengths, none over another', () => {
    const place = fc.oneof(fc.integer({ min: -3, max: 45 }), fc.double(), fc.string(), fc.constant(null));
    const choice = fc.record({ first: place, last: place, score: fc.anything(), title: fc.anything() });
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 30 }), (moments) => {
        const fitting = fittingOf(40, { most: 4 });
        const reading = readChoices({ moments }, fitting);
        if ('problem' in reading) return;
        const taken = reading.choices;
        expect(taken.length).toBeLessThanOrEqual(4);
        for (const { first, last, score } of taken) {
          const length = fitting.sentences[last]!.endSeconds - fitting.sentences[first]!.startSeconds;
          expect(length).toBeGreaterThanOrEqual(15);
          expect(length).toBeLessThanOrEqual(40);
          expect(score >= 0 && score <= 10).toBe(true);
        }
        const places = taken.flatMap(({ first, last }) =>
          Array.from({ length: last - first + 1 }, (_, index) => first + index),
        );
        expect(new Set(places).size).toBe(places.length);
      }),
    );
  });

  test('that fits already stays as it is', () => {
    const choices = [0, 10, 20].map((first) => ({
      first,
      last: first + 4,
      title: 'x',
      score: 5,
      reason: '',
    }));
    expect(fitChoices(choices, fittingOf(40))).toEqual({ choices, changes: [] });
  });
});

describe('a long talk', () => {
  test('is asked about in parts that hold every sentence, and overlap by the longest moment', () => {
    const sentences = talkOf(1_000);
    const parts = partTalk(sentences, 60, 3_000);
    expect(parts.length).toBeGreaterThan(5);
    for (const [index, { first, last }] of parts.entries()) {
      const before = parts[index - 1];
      expect(last).toBeGreaterThanOrEqual(first);
      if (!before) continue;
      expect(first).toBeGreaterThan(before.first);
      expect(sentences[before.last]!.endSeconds - sentences[first]!.startSeconds).toBeGreaterThan(50);
    }
    expect([parts[0]?.first, parts.at(-1)?.last]).toEqual([0, 999]);
  });

  test('of one endless sentence, or of none, ends too', () => {
    const long = { text: 'x'.repeat(10_000), startSeconds: 0, endSeconds: 9_000 };
    expect(partTalk([long, long], 60, 100)).toEqual([
      { first: 0, last: 0 },
      { first: 1, last: 1 },
    ]);
    expect(partTalk([], 60)).toEqual([]);
  });
});

test('a question tells lengths, counts, numbers and no times; asked again it is less free and says why', () => {
  const config = {
    operationType: 'GENERATION' as const,
    temperature: 0.8,
    topP: null,
    topK: null,
    minMomentLength: 15,
    maxMomentLength: 40,
    minMoments: 4,
    maxMoments: 9,
    prompt: { systemPrompt: 'Be kind.', userPrompt: 'What is funny?' },
  };
  const question = { config, sentences: talkOf(3), range: { first: 1, last: 2 }, refined: null, least: 4 };
  const request = requestOf(question);
  expect(request.rules).toMatch(/^Be kind\.\nYou choose the parts/);
  expect(request.question).toMatch(/of 15 to 40 seconds: at least 4, at most 9\.\nWhat is funny\?/);
  expect(request.sentences).toBe('2 [4.5 s] Sentence 2.\n3 [4.5 s] Sentence 3.');
  const again = requestOf(question, 1, { problem: 'No choice holds.', wasCut: true });
  expect([request.temperature, again.temperature]).toEqual([0.8, 0.4]);
  expect(again).toMatchObject({ needsRoom: true, question: expect.stringContaining('No choice holds.') });
  const refining = requestOf({ ...question, refined: { first: 1, last: 1 } });
  expect(refining.question).toMatch(/One part of 15 to 40 seconds\. It goes from sentence 2 to sentence 2/);
});
