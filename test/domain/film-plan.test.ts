import { describe, expect, test } from 'vitest';
import { FILM_STAGES, STITCH_STAGES } from '../../src/core/stages/flow-stages.ts';
import { percentOf } from '../../src/core/stages/stages.ts';
import { isAtProvider, planFilmRun } from '../../src/features/pipelines/film/film-plan.ts';
import type { FilmRows } from '../../src/features/pipelines/film/film-rows.sql.ts';
import { planStitchRun } from '../../src/features/pipelines/stitch/stitch-plan.ts';

type SceneShape = {
  frames?: readonly ('START' | 'END')[];
  clip?: string;
  operation?: string;
  result?: string;
  status?: string;
};

/** A film whose rows hold just what the plan looks at. */
const film = (scenes: SceneShape[], videos: string[] = [], clipsFrom = 'KEYFRAMES') =>
  ({
    id: 'project',
    provider: 'ANIMATIC',
    clipsFrom,
    scenes: scenes.map(
      ({ frames = [], clip, operation = null, result = null, status = 'PENDING' }, sceneIndex) => ({
        id: `scene${sceneIndex}`,
        sceneIndex,
        status,
        keyframes: frames.map((position) => ({ position })),
        clips: clip ? [{ status: clip, operationName: operation, resultUri: result }] : [],
      }),
    ),
    videos: videos.map((id) => ({ id })),
  }) as unknown as FilmRows;

const view = { stopAfter: null, stage: null, errorStage: null, errorCode: null, errorMessage: null };
const both = ['START', 'END'] as ('START' | 'END')[];

const stepsOf = (rows: FilmRows, run: Parameters<typeof planFilmRun>[1] = view) => {
  const plan = planFilmRun(rows, run);
  if (plan.kind === 'GO') return plan.steps.map(({ key }) => key);
  return plan.kind === 'END' ? plan.status : plan.kind;
};

describe('a film run', () => {
  test('writes the storyboard first', () => {
    expect(stepsOf(film([]))).toEqual(['storyboard']);
  });

  test('draws one keyframe at a time, in order', () => {
    expect(stepsOf(film([{}, {}]))).toEqual(['keyframe:scene0:START']);
    expect(stepsOf(film([{ frames: ['START'] }, {}]))).toEqual(['keyframe:scene0:END']);
  });

  test('makes a clip as soon as its scene has both frames, while the next frame is drawn', () => {
    const rows = film([{ frames: both }, { frames: ['START'] }]);
    expect(stepsOf(rows)).toEqual(['keyframe:scene1:END', 'clip:scene0']);
    expect(stepsOf(rows, { ...view, stopAfter: 'KEYFRAMES' })).toEqual(['keyframe:scene1:END']);
  });

  test('makes every clip at once, and no keyframe, where clips are filmed from reference images', () => {
    const rows = film([{}, { status: 'FAILED' }, {}], [], 'REFERENCE_IMAGES');
    expect(stepsOf(rows)).toEqual(['clip:scene0', 'clip:scene2']);
    expect(stepsOf(rows, { ...view, stopAfter: 'KEYFRAMES' })).toBe('COMPLETED');
  });

  test('waits for the clips it started before it fails for want of a keyframe', () => {
    const broken = { frames: ['START'], status: 'FAILED' } as const satisfies SceneShape;
    const failure = {
      ...view,
      errorStage: 'KEYFRAMES',
      errorCode: 'PROVIDER_FAILED',
      errorMessage: 'No image.',
    } as const;
    expect(stepsOf(film([{ frames: both }, broken]), failure)).toEqual(['clip:scene0']);
    expect(stepsOf(film([{ frames: both, clip: 'COMPLETE' }, broken]), failure)).toBe('FAILED');
  });

  test('makes all clips side by side once every frame is there', () => {
    expect(stepsOf(film([{ frames: both }, { frames: both }]))).toEqual(['clip:scene0', 'clip:scene1']);
  });

  test('makes no clip again that exists', () => {
    expect(stepsOf(film([{ frames: both, clip: 'COMPLETE' }, { frames: both }]))).toEqual(['clip:scene1']);
  });

  test.each([
    ['bought', { clip: 'SUBMITTED', operation: 'a' }, true],
    ['bought and done, which is fetched', { clip: 'POLLING', operation: 'a', result: 'https://a/b' }, false],
    ['being bought', { clip: 'SUBMITTING', operation: 'a' }, false],
    ['given up', { clip: 'TIMED_OUT', operation: 'a' }, false],
    ['made here', { clip: 'POLLING' }, false],
  ])('leaves a clip to its provider or not: one that is %s', (_, clip, isLeft) => {
    expect(film([{ frames: both, ...clip }]).scenes.map(isAtProvider)).toEqual([isLeft]);
  });

  test('stitches, then is finished', () => {
    const scenes = [{ frames: both, clip: 'COMPLETE' }];
    expect(stepsOf(film(scenes))).toEqual(['stitch']);
    expect(stepsOf(film(scenes, ['video']))).toBe('COMPLETED');
  });

  test('goes on without a failed scene and names the gap', () => {
    const scenes = [
      { frames: both, clip: 'COMPLETE' },
      { frames: both, clip: 'FAILED', status: 'FAILED' },
    ];
    expect(stepsOf(film(scenes))).toEqual(['stitch']);
    expect(planFilmRun(film(scenes, ['video']), view)).toMatchObject({
      kind: 'END',
      status: 'PARTIAL',
      error: { message: expect.stringContaining('scene 2') },
    });
  });

  test('fails when not one clip could be made', () => {
    expect(stepsOf(film([{ frames: both, clip: 'FAILED', status: 'FAILED' }]))).toBe('FAILED');
  });

  test('fails with the storyboard when none could be written', () => {
    const run = {
      ...view,
      errorStage: 'STORYBOARD',
      errorCode: 'STORYBOARD_INVALID',
      errorMessage: 'No scenes.',
    } as const;
    expect(planFilmRun(film([]), run)).toMatchObject({
      status: 'FAILED',
      error: { code: 'STORYBOARD_INVALID' },
    });
  });

  test.each([
    ['STORYBOARD', film([{}])],
    ['KEYFRAMES', film([{ frames: both }])],
    ['CLIPS', film([{ frames: both, clip: 'COMPLETE' }])],
  ] as const)('asked to stop after %s, it is done there', (stopAfter, rows) => {
    expect(stepsOf(rows, { ...view, stopAfter })).toBe('COMPLETED');
  });

  test('gets further with every row', () => {
    const ladder = [
      film([]),
      film([{}, {}]),
      film([{ frames: both }, { frames: ['START'] }]),
      film([{ frames: both }, { frames: both }]),
      film([{ frames: both, clip: 'COMPLETE' }, { frames: both }]),
      film([
        { frames: both, clip: 'COMPLETE' },
        { frames: both, clip: 'COMPLETE' },
      ]),
    ].map((rows) => planFilmRun(rows, view));
    const percents = ladder.map((plan) => (plan.kind === 'GO' ? percentOf(FILM_STAGES, plan.done) : 100));
    expect(percents).toEqual([...percents].toSorted((a, b) => a - b));
    expect(new Set(percents).size).toBe(percents.length);
  });
});

test('a run that stitches alone begins with nothing done, and has one step', () => {
  const scenes = [{ frames: both, clip: 'COMPLETE' }];
  const plan = planStitchRun(film(scenes), view);
  expect(plan).toMatchObject({ kind: 'GO', steps: [{ key: 'stitch' }] });
  expect(plan.kind === 'GO' && percentOf(STITCH_STAGES, plan.done)).toBe(0);
  expect(planStitchRun(film(scenes, ['video']), view)).toMatchObject({ kind: 'END', status: 'COMPLETED' });
});
