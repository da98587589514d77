/** What of a narration is spoken: never less than its author wrote without the reason. */
import { describe, expect, test } from 'vitest';
import { columnOf, isToTell, spokenOf, tellSpeech } from '../../src/features/storyboards/speech.ts';
import { speechOf as animaticSpeech } from '../../src/providers/animatic/storyboard/narration.ts';
import { speechOf as googleSpeech } from '../../src/providers/google/speech.ts';
import { inTwo, sentencesOf } from '../../src/script/sentences.ts';
import { sayable } from '../../src/providers/speech.ts';

const animatic = (narration: string, durationSeconds = 4) => animaticSpeech({ narration, durationSeconds });
const google = (narration: string, more: Partial<Parameters<typeof googleSpeech>[0]> = {}) =>
  googleSpeech({ narration, durationSeconds: 8, softening: 0, clipsFrom: 'KEYFRAMES', ...more });

describe('the offline voice', () => {
  test.each([
    ['Chinese', '狐狸在雪中醒来。'],
    ['Russian', 'Лиса просыпается в снегу.'],
    ['German', 'Der Fuchs erwacht im Schnee.'],
    ['Arabic figures', '١٩٦٩'],
  ])('speaks no %s, and says why', (_language, narration) => {
    expect(animatic(narration)).toEqual({ words: null, why: ['LANGUAGE'] });
  });

  test.each(['🦊🌨️', '— … —', '"""'])('finds nothing to speak in %s', (narration) => {
    expect(animatic(narration)).toEqual({ words: null, why: ['NO_WORDS'] });
  });

  test.each(['The fox wakes.', '1969.', '3… 2… 1…', 'The fox 🦊 wakes.'])(
    'speaks %s as it stands',
    (narration) => {
      expect(animatic(narration)).toEqual({ words: narration, why: [] });
    },
  );

  test('leaves out a word of another script beside an accent, too', () => {
    expect(animatic('The café of Ελλάδα is open all day and all night.', 8)).toEqual({
      words: 'The café of is open all day and all night.',
      why: ['LANGUAGE'],
    });
  });

  test('takes addresses alone for no foreign language', () => {
    const addresses = Array.from({ length: 3 }, (_, index) => `https://example.test/${index}`).join(', ');
    expect(animatic(addresses, 60)).toEqual({ words: addresses, why: [] });
  });

  test.each([
    ['He met the U.S. Army band across the river at dawn and they sang together', 3],
    ['One. Two. Three. Four. Five. Six. Seven. Eight. Nine.', 1],
  ])('ends a shortened %s with one stop', (narration, seconds) => {
    expect(animatic(narration, seconds).words ?? '').not.toMatch(/\.\.$/);
  });

  test('leaves out a word of another script, and says so', () => {
    const narration = 'The old keeper of the lighthouse writes 灯台 in the log, and it is the last.';
    expect(animatic(narration, 8)).toEqual({
      words: 'The old keeper of the lighthouse writes in the log, and it is the last.',
      why: ['LANGUAGE'],
    });
  });

  test('speaks as many whole thoughts as its clip has time for, and says so', () => {
    expect(animatic('The keeper climbs the stairs. He lights the lamp, and the ships far out turn.')).toEqual(
      {
        words: 'The keeper climbs the stairs.',
        why: ['TIME'],
      },
    );
    expect(animatic('Extraordinarily.', 1)).toEqual({ words: null, why: ['TIME'] });
  });
});

describe('a model', () => {
  test('is given any language, and no more of it than anybody could say', () => {
    expect(google('狐狸在雪中醒来。')).toEqual({ words: '狐狸在雪中醒来。', why: [] });
    expect(google(`${'狐狸在雪中醒来，'.repeat(12)}它跑了。`)).toMatchObject({
      words: expect.stringMatching(/^(狐狸在雪中醒来，?)+/) as string,
      why: ['TIME'],
    });
    expect(google('Лиса просыпается. '.repeat(20).trim(), { durationSeconds: 4 })).toEqual({
      words: 'Лиса просыпается. '.repeat(4).trim(),
      why: ['TIME'],
    });
  });

  test('is given gentler words after a refusal, and none where frames show the scene', () => {
    expect(google('He stabs the guard.', { softening: 1 })).toEqual({
      words: 'He confronts the guard.',
      why: ['SOFTENED'],
    });
    expect(google('He stabs the guard.', { softening: 2 })).toEqual({ words: null, why: ['SOFTENED'] });
    expect(google('He waits.', { softening: 2, clipsFrom: 'REFERENCE_IMAGES' })).toEqual({
      words: 'He waits.',
      why: [],
    });
  });
});

test('figures and symbols take as long as the words they are read as', () => {
  const figures = 'It costs 1,234,567,890 in all.';
  expect(sayable('It costs rather a lot in all.', 2, 19)).not.toBeNull();
  expect(sayable(figures, 2, 19)).not.toBe(figures);
});

describe('an address of the web stays whole', () => {
  const ADDRESS = 'https://Example.com/v2.Guide/watch?v=Fox,Hare;1&t=1:30!/a';

  test('where sentences are told apart', () => {
    expect(sentencesOf(`Read more at ${ADDRESS}. The fox sleeps. See www.fox.example/?Q=The end!`)).toEqual([
      `Read more at ${ADDRESS}.`,
      'The fox sleeps.',
      'See www.fox.example/?Q=The end!',
    ]);
  });

  test('where clauses are', () => {
    expect(inTwo(`He reads all of it at ${ADDRESS}, and then he goes to sleep`)).toEqual([
      `He reads all of it at ${ADDRESS},`,
      'and then he goes to sleep',
    ]);
    expect(inTwo(`He reads all of ${ADDRESS} again`)).toBeNull();
  });

  test('where a narration is shortened', () => {
    const { words } = animatic(`Read all about the fox and the hare at ${ADDRESS} today.`, 6);
    expect(words).toBe('Read all about the fox.');
  });
});

describe('a scene', () => {
  test('is silent without a narration, and where none of it can be spoken', () => {
    expect(spokenOf({ narration: null, spokenNarration: null })).toBeNull();
    expect(spokenOf({ narration: 'Лиса.', spokenNarration: '' })).toBeNull();
    expect(spokenOf({ narration: 'A fox. A hare.', spokenNarration: 'A fox.' })).toBe('A fox.');
    expect(spokenOf({ narration: 'A fox.', spokenNarration: null })).toBe('A fox.');
  });

  test('has beside its narration what is spoken of it, where that differs', () => {
    expect(columnOf({ words: 'A fox.', why: [] })).toBeNull();
    expect(columnOf({ words: 'A fox.', why: ['TIME'] })).toBe('A fox.');
    expect(columnOf({ words: null, why: ['LANGUAGE'] })).toBe('');
  });

  test('tells what is spoken and why, but not of a silence that was asked for', () => {
    expect(tellSpeech({ words: null, why: ['NO_WORDS'] })).toBe(
      'the narration is not spoken: nothing in it is a word or a number.',
    );
    expect(tellSpeech({ words: 'A fox.', why: ['LANGUAGE', 'TIME'] })).toBe(
      'the narration is spoken as "A fox.": it is in a language or script that the voice does not speak, and not all of it fits into the clip.',
    );
    expect(isToTell({ words: null, why: ['SOUND_OFF'] })).toBe(false);
    expect(isToTell({ words: null, why: ['TIME'] })).toBe(true);
  });
});
