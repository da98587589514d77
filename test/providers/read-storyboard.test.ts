/** Storyboards as models really write them: what makes a film is taken, the rest is told. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readStoryboard } from '../../src/providers/read-storyboard.ts';
import { MAX_WORDS } from '../../src/providers/storyboard-answer.ts';

const scene = (number: number, more: object = {}) => ({
  scene_index: number,
  scene_description: `Scene ${number}.`,
  start_frame_prompt: `Start ${number}.`,
  end_frame_prompt: `End ${number}.`,
  video_motion_prompt: `Motion ${number}.`,
  transition_notes: `Cut ${number}.`,
  narration: `Voice ${number}.`,
  ...more,
});
const STYLE = { visual_style: 'Noir.', color_palette: 'Grey.', camera_style: 'Still.' };
const board = (...scenes: unknown[]) => ({ style_guide: STYLE, scenes });
const WHOLE = board(scene(0), scene(1));
const TWO = { min: 2, max: 2 };

const reading = (answer: unknown, range = TWO) => {
  const read = readStoryboard(answer, range);
  if ('problem' in read) throw new Error(read.problem);
  return read;
};
const scenesOf = (answer: unknown, range = TWO) => reading(answer, range).storyboard.scenes;
const descriptions = (answer: unknown, range = TWO) =>
  scenesOf(answer, range).map((each) => each.scene_description);

const json = JSON.stringify(WHOLE);
describe('the text of a model', () => {
  test.each([
    ['as it should be', json],
    ['behind a byte order mark', `\ufeff${json}`],
    ['in a fence', `\`\`\`json\n${json}\n\`\`\``],
    ['in a fence without a name, with words around', `Here it is:\n\`\`\`\n${json}\n\`\`\`\nHave fun!`],
    ['in a fence without an end', `\`\`\`json\n${json}`],
    ['with words around', `Sure! ${json} Shall I go on?`],
    ['with a comma too many', json.replace(/\]\}$/, ',]}')],
    ['with single quotes', json.replaceAll('"', "'")],
    ['without its last bracket', json.slice(0, -1)],
    ['in a list', `[${json}]`],
    ['under a name', `{"storyboard": ${json}}`],
  ])('%s', (_, text) => {
    expect(reading(text)).toEqual({ storyboard: reading(WHOLE).storyboard, isWhole: true, changes: [] });
  });

  test('the scenes alone', () => {
    expect(descriptions([scene(0), scene(1)])).toEqual(['Scene 0.', 'Scene 1.']);
  });

  test('cut off in a scene: what was whole before it', () => {
    const read = reading(json.slice(0, json.indexOf('Motion 1')));
    expect(read.storyboard.scenes).toHaveLength(1);
    expect(read).toMatchObject({ isWhole: false, changes: [expect.stringContaining('1 of the 2 scenes')] });
  });
});

describe('of a scene', () => {
  test.each([null, '', '  ', undefined, 7])('a narration of %j is silence', (narration) => {
    expect(scenesOf(board(scene(0, { narration }), scene(1)))[0]?.narration).toBeUndefined();
  });

  test.each([null, '', undefined])('transition notes of %j are none', (notes) => {
    expect(scenesOf(board(scene(0), scene(1, { transition_notes: notes })))[1]?.transition_notes).toBe('');
  });

  test.each([undefined, null, 'first', -1, 0.5])('an index of %j leaves the scenes as they come', (index) => {
    const scenes = [scene(1, { scene_index: index }), scene(0)];
    expect(descriptions(board(...scenes))).toEqual(['Scene 1.', 'Scene 0.']);
  });

  test('indexes put the scenes in order, as text and from 1 as well', () => {
    const scenes = [scene(2, { scene_index: '2' }), scene(1, { scene_index: '1' })];
    expect(descriptions(board(...scenes))).toEqual(['Scene 1.', 'Scene 2.']);
  });

  test('a text that is too long is cut between characters, and that is said', () => {
    const long = `${'x'.repeat(MAX_WORDS - 1)}👨‍👩‍👧 end`;
    const read = reading(board(scene(0, { scene_description: long }), scene(1)));
    expect(read.storyboard.scenes[0]?.scene_description).toBe('x'.repeat(MAX_WORDS - 1));
    expect(read).toMatchObject({
      isWhole: true,
      changes: [`1 of the model's texts are cut at ${MAX_WORDS} characters.`],
    });
  });
});

describe('of the number of scenes', () => {
  test('those that are too many are left out, and that is said', () => {
    const read = reading(board(scene(0), scene(1), scene(2)));
    expect(read.storyboard.scenes.map((each) => each.scene_description)).toEqual(['Scene 0.', 'Scene 1.']);
    expect(read).toMatchObject({
      isWhole: true,
      changes: [expect.stringContaining('3 scenes where 2 were asked')],
    });
  });

  test('fewer make a film, if a shorter one', () => {
    expect(reading(board(scene(0)))).toMatchObject({ isWhole: false });
    expect(reading(board(scene(0)), { min: 1, max: 1 })).toMatchObject({ isWhole: true });
  });
});

test('without a style guide there is a film all the same', () => {
  expect(reading({ scenes: WHOLE.scenes }).storyboard.style_guide).toEqual({
    visual_style: '',
    color_palette: '',
    camera_style: '',
  });
});

describe('no film', () => {
  test.each([
    ['prose', 'Once upon a time there was no JSON.'],
    ['a refusal', "I can't help with that."],
    ['nothing', ''],
    ['null', null],
    ['no scene', board()],
    ['a scene without its end', board(scene(0, { end_frame_prompt: ' ' }), scene(1))],
    ['a scene that is none', board('Scene 1.', scene(1))],
    ['brackets without end', '['.repeat(100_000)],
    ['more than can be mended', `{"scenes": [${'"x",'.repeat(30_000)}`],
  ])('%s', (_, answer) => {
    expect(readStoryboard(answer, TWO)).toEqual({ problem: expect.any(String) });
  });
});

test('whatever comes is a storyboard within its limits, or a problem', () => {
  const odd = fc.oneof(
    fc.json(),
    fc.string(),
    fc.jsonValue(),
    fc.constantFrom(json, json.slice(40), `${json},`),
  );
  fc.assert(
    fc.property(odd, fc.integer({ min: 0, max: 400 }), (answer, cut) => {
      const read = readStoryboard(
        typeof answer === 'string' ? answer.slice(0, -cut || undefined) : answer,
        TWO,
      );
      const isWithin = 'problem' in read ? read.problem !== '' : read.storyboard.scenes.length <= TWO.max;
      expect(isWithin).toBe(true);
    }),
    { numRuns: 500 },
  );
});
