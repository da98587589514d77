import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_PROMPT_LENGTH, text as personsText } from '../../src/features/projects/project-input.ts';
import { STYLES } from '../../src/providers/animatic/art/recipe.ts';
import { isEnglish } from '../../src/providers/animatic/storyboard/narration.ts';
import { writeStoryboard } from '../../src/providers/animatic/storyboard/storyboard.ts';
import type { StoryboardRequest } from '../../src/providers/capabilities/storyboard.ts';
import { sayable } from '../../src/providers/speech.ts';
import { storyboardAnswer } from '../../src/providers/storyboard-answer.ts';

const request = (prompt: string, more: Partial<StoryboardRequest> = {}): StoryboardRequest => ({
  prompt,
  style: 'cinematic',
  aspectRatio: '16:9',
  targetClipDuration: 4,
  targetDuration: null,
  maxScenes: 15,
  ...more,
});

const scenesOf = (prompt: string, more: Partial<StoryboardRequest> = {}) =>
  writeStoryboard(request(prompt, more)).scenes;

const SCRIPT = `Scene 1: The bay
At dusk a lighthouse stands over the empty bay.

Scene 2 - The keeper
An old keeper climbs the stairs. He is out of breath.
Narrator: "Forty years he has climbed them."

INT. LAMP ROOM - NIGHT
He lights the lamp.`;

const spoken = (script: string) => scenesOf(script).map((scene) => scene.narration);

describe('a storyboard', () => {
  test('has a scene for each sentence of prose', () => {
    const scenes = scenesOf('A fox wakes in the snow. It crosses the frozen river. The sun comes up.');
    expect(scenes.map((scene) => scene.scene_description)).toEqual([
      'A fox wakes in the snow.',
      'It crosses the frozen river.',
      'The sun comes up.',
    ]);
  });

  test('has a scene for each heading of a script, and keeps the headings', () => {
    expect(scenesOf(SCRIPT).map((scene) => scene.scene_description)).toEqual([
      'The bay — At dusk a lighthouse stands over the empty bay.',
      'The keeper — An old keeper climbs the stairs. He is out of breath.',
      'INT. LAMP ROOM - NIGHT — He lights the lamp.',
    ]);
  });

  test('gives the voice what a script marks for it, and nothing else', () => {
    expect(scenesOf(SCRIPT).map((scene) => scene.narration)).toEqual([
      undefined,
      'Forty years he has climbed them.',
      undefined,
    ]);
  });

  test.each([
    'A fox wakes in the snow.',
    'Ein Fuchs erwacht im Schnee und läuft davon.',
    'Лиса просыпается в снегу.',
    'A fox wakes in the snow of a very long winter night that began when nobody was looking at the sky.',
    'Read it at https://Example.com/v2.Guide?The=fox wakes now.',
  ])('gives the narrator prose that marks nothing for him, to the letter: %s', (prose) => {
    expect(scenesOf(prose).map((scene) => scene.narration)).toEqual([prose]);
  });

  test('gives the narrator marked words in any language, and a line that was wrapped whole', () => {
    const prompt = `Scene 1: The bay
Night falls.
Narrator: Сорок лет он поднимался по этой лестнице каждую ночь,
и каждую ночь горел свет.
He lights the lamp.`;
    expect(scenesOf(prompt)[0]).toMatchObject({
      narration: 'Сорок лет он поднимался по этой лестнице каждую ночь, и каждую ночь горел свет.',
      scene_description: 'The bay — Night falls. He lights the lamp.',
    });
  });

  test('keeps every word of the narrator where a beat is parted', () => {
    const prose = 'An old keeper climbs the stairs, and a ship far out at sea waits for the light.';
    expect(scenesOf(prose, { targetDuration: 8 }).map((scene) => scene.narration)).toEqual([
      'An old keeper climbs the stairs,',
      'and a ship far out at sea waits for the light.',
    ]);
    const marked = `Narrator: He came here young, and then he stayed. Nobody asked him why.\n${prose}`;
    expect(scenesOf(marked, { targetDuration: 8 }).map((scene) => scene.narration)).toEqual([
      'He came here young, and then he stayed.',
      'Nobody asked him why.',
    ]);
  });

  test('takes the line below a narrator’s label for what is spoken, and a label alone for nothing', () => {
    const prose = 'An old keeper climbs the stairs.';
    expect(spoken(`Scene 1\n${prose}\nNarrator:\nA ship sails.`)).toEqual(['A ship sails.']);
    expect(spoken(`Scene 1\n${prose}\nNarrator:\n`)).toEqual([prose]);
  });

  test('keeps addresses of the web whole in headings and descriptions', () => {
    const address = 'https://Example.com/a_b*c#d_e';
    expect(scenesOf(`Scene 1: See **${address}** now`)[0]?.scene_description).toBe(`See ${address} now`);
    const long = `${'word '.repeat(236)}${address}/${'x'.repeat(40)} end.`;
    expect(scenesOf(long)[0]?.scene_description).toBe(`${'word '.repeat(236).trim()}…`);
  });

  test.each([
    ['Japanese', '狐が雪の中で目を覚ます。凍った川を渡る。太陽が昇る。', 3],
    ['Hindi', 'लोमड़ी बर्फ में जागती है। वह नदी पार करती है।', 2],
    ['Arabic', 'يستيقظ الثعلب في الثلج. يعبر النهر المتجمد؟ تشرق الشمس!', 3],
    ['Russian', 'Лиса просыпается в снегу. Она переходит реку.', 2],
    ['Chinese', '狐狸在雪中醒来。它穿过冰冻的河流。', 2],
    ['Thai lines', 'สุนัขจิ้งจอกตื่นขึ้นในหิมะ\nมันข้ามแม่น้ำที่เป็นน้ำแข็ง', 2],
  ])('finds the sentences of %s', (_language, prompt, count) => {
    expect(scenesOf(prompt)).toHaveLength(count);
  });

  test('has as many scenes as the film needs for its length', () => {
    for (const [seconds, count] of [
      [1, 1],
      [16, 4],
      [17, 5],
      [60, 15],
    ] as const) {
      expect(scenesOf('A fox wakes.', { targetDuration: seconds })).toHaveLength(count);
      expect(scenesOf(SCRIPT.repeat(9), { targetDuration: seconds })).toHaveLength(count);
    }
  });

  test('loses no word when it joins sentences into fewer scenes', () => {
    const prompt = 'One fox wakes. Two crows watch it. Three hunters come. Four winds blow. Five stars fall.';
    const said = scenesOf(prompt, { targetDuration: 8 }).map((scene) => scene.scene_description);
    expect(said).toHaveLength(2);
    expect(said.join(' ')).toBe(prompt);
  });

  test('parts a long sentence at its clauses before it adds views of its own', () => {
    const prompt = 'An old keeper climbs the stairs, and a ship far out at sea waits for the light.';
    expect(scenesOf(prompt, { targetDuration: 8 }).map((scene) => scene.scene_description)).toEqual([
      'An old keeper climbs the stairs.',
      'A ship far out at sea waits for the light.',
    ]);
  });

  test('shows the setting first and lets go last when it must add views', () => {
    const said = scenesOf('A fox wakes.', { targetDuration: 12 });
    expect(said.map((scene) => scene.scene_description)).toEqual([
      'The setting — A fox wakes.',
      'A fox wakes.',
      'The moment after — A fox wakes.',
    ]);
    expect(said.map((scene) => scene.narration)).toEqual([undefined, 'A fox wakes.', undefined]);
  });

  test('starts each scene on the picture the one before it ended on', () => {
    const scenes = scenesOf(SCRIPT);
    const [, ...starts] = scenes.map((scene) => scene.start_frame_prompt);
    const ends = scenes.map((scene) => scene.end_frame_prompt);
    expect(starts).toEqual(ends.slice(0, -1));
    for (const end of ends) expect(end).toMatch(/No text in the picture\.$/);
  });

  test('never repeats a shot or a camera move from one scene to the next', () => {
    const scenes = scenesOf('A fox wakes.', { targetDuration: 60 });
    for (const [index, scene] of scenes.entries()) {
      const before = scenes[index - 1];
      if (!before) continue;
      expect(scene.video_motion_prompt).not.toBe(before.video_motion_prompt);
      expect(scene.end_frame_prompt.split(',')[0]).not.toBe(before.end_frame_prompt.split(',')[0]);
    }
  });

  test('has a look of its own for each style', () => {
    const guides = STYLES.map((style) => writeStoryboard(request('A fox wakes.', { style })).style_guide);
    expect(new Set(guides.map((guide) => guide.visual_style)).size).toBe(STYLES.length);
  });

  test('fits the schema and repeats itself for any text that a person may send', { tags: 'long' }, () => {
    const prompts = personsText('The prompt', MAX_PROMPT_LENGTH);
    const texts = fc.oneof(
      fc
        .string({ unit: 'binary', minLength: 1, maxLength: 3_000 })
        .map((any) => any.replaceAll(/\p{Cc}/gu, '\n')),
      fc.lorem({ mode: 'sentences', maxCount: 40 }),
      fc.constantFrom(
        'a',
        '🚀',
        '👨‍👩‍👧‍👦',
        'x'.repeat(9_000),
        'שלום עולם',
        'Scene 1:',
        'Scene 1:\n\nScene 2:',
        '"""',
        'VO:',
        '- - -',
      ),
    );
    fc.assert(
      fc.property(
        texts.filter((any) => prompts.safeParse(any).success),
        fc.option(fc.integer({ min: 1, max: 60 })),
        (prompt, targetDuration) => {
          const answer = writeStoryboard(request(prompt, { targetDuration }));
          storyboardAnswer.parse(answer);
          expect(answer.scenes.map((scene) => scene.scene_index)).toEqual(
            answer.scenes.map((_, index) => index),
          );
          const wanted = targetDuration === null ? answer.scenes.length : Math.ceil(targetDuration / 4);
          expect(answer.scenes).toHaveLength(wanted);
          expect(writeStoryboard(request(prompt, { targetDuration }))).toEqual(answer);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('narration', () => {
  test('is shortened to whole clauses that fit the clip', () => {
    const text =
      'An old keeper climbs to the gallery and looks out over the darkening sea, as he always did.';
    expect(sayable(text, 7.4, 19)).toBe(text);
    expect(sayable(text, 3.4, 19)).toBe('An old keeper climbs to the gallery.');
  });

  test('never ends on a word that leaves the listener waiting', () => {
    expect(sayable('The lighthouse keeper walks to the very edge of the old stone pier.', 2, 19)).toMatch(
      /(?:keeper|walks|edge|stone|old|very)\.$/,
    );
  });

  test('knows English from its neighbours', () => {
    expect(isEnglish('The lighthouse wakes.')).toBe(true);
    expect(isEnglish('Le phare et la mer dans la nuit')).toBe(false);
    expect(isEnglish('灯台')).toBe(false);
  });
});
