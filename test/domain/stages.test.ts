import { describe, expect, test } from 'vitest';
import { FILM_STAGES, FLOW_STAGES, stageWords } from '../../src/core/stages/flow-stages.ts';
import { buys, from, percentOf, stageOf, type Stages, upTo } from '../../src/core/stages/stages.ts';
import { flows } from '../../src/features/pipelines/flows.ts';
import { RunKind, RunStage } from '../../src/generated/prisma/enums.ts';
import { PAID_CALLS } from '../../src/providers/paid-call.ts';

const stages: Stages<'LOOK' | 'CUT' | 'SEND', 'TEXT'> = [
  { name: 'LOOK', weight: 1, words: 'looking', buys: ['TEXT'] },
  { name: 'CUT', weight: 2, words: 'cutting', buys: [] },
  { name: 'SEND', weight: 1, words: 'sending', buys: [] },
];
const namesOf = (some: readonly { name: string }[]) => some.map(({ name }) => name);

describe('the stages of a flow', () => {
  test('are done up to the last one that was asked for; all where none was', () => {
    expect(namesOf(upTo(stages, 'CUT'))).toEqual(['LOOK', 'CUT']);
    expect(upTo(stages, null)).toEqual(stages);
    expect(() => upTo(stages, 'STITCH')).toThrow('There is no stage STITCH here, only LOOK, CUT, SEND.');
  });

  test('are left from the one that it is in; all before the first', () => {
    expect(namesOf(from(stages, 'CUT'))).toEqual(['CUT', 'SEND']);
    expect(from(stages, null)).toEqual(stages);
    expect(stageOf(stages, null).name).toBe('LOOK');
    expect(() => from(stages, 'STITCH')).toThrow('no stage STITCH');
  });

  test('weigh what is done against what was asked for', () => {
    expect(percentOf(stages, {})).toBe(0);
    expect(percentOf(stages, { LOOK: 1, CUT: 0.5 })).toBe(50);
    expect(percentOf(upTo(stages, 'CUT'), { LOOK: 1 })).toBe(33.3);
    expect(percentOf(stages, { LOOK: 1, CUT: 1, SEND: 1 })).toBe(100);
  });

  test('buy what one of them buys', () => {
    expect(buys(stages, 'TEXT')).toBe(true);
    expect(buys(from(stages, 'CUT'), 'TEXT')).toBe(false);
  });
});

describe('the flows of the product', () => {
  test.each(Object.values(RunKind))('%s declares the stages that everybody reads, each once', (kind) => {
    expect(flows.pipelines[kind].stages).toBe(FLOW_STAGES[kind]);
    const names = namesOf(FLOW_STAGES[kind]);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(Object.values(RunStage))('have words of their own for %s', (stage) => {
    expect(namesOf(Object.values(FLOW_STAGES).flat())).toContain(stage);
    expect(stageWords(stage)).not.toBe('');
  });

  test('that make a film make every call of it in one stage, by what a vendor may offer', () => {
    const calls = FILM_STAGES.flatMap((stage) => stage.buys);
    expect(new Set(calls).size).toBe(calls.length);
    expect(PAID_CALLS).toEqual(expect.arrayContaining(calls));
  });
});

test('a stage that no flow here declares, of a newer server, is called by its own name', () => {
  expect(stageWords('LISTENING')).toBe('listening');
});
