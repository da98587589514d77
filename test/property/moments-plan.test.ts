/** Whatever succeeds and fails, in whatever order: a run of moments ends, asks nothing twice that failed for good, and buys nothing when stopped. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type MomentsRun,
  planMomentsRun,
  planStoppedMoments,
} from '../../src/features/pipelines/moments/moments-plan.ts';
import type { MomentsRows } from '../../src/features/pipelines/moments/read-moments.ts';

const videoId = '01900000-0000-7000-8000-000000000001';
const idOf = (place: number) => `01900000-0000-7000-8000-0000000001${String(place).padStart(2, '0')}`;
const PROBLEM = { code: 'PROVIDER_FAILED', message: 'No.' };
const BUYING = ['buy-transcript', 'buy-moments'];
/** Steps that write nothing of their own when they fail: the run alone knows. */
const UNMARKED = ['survey-video', 'transcribe', 'lay-out-hearing', 'find-moments', 'search-by-model'];

type Parts = { parts: number; done: number; failed: number };
const parts = fc
  .record({ parts: fc.nat(3), done: fc.nat(3), failed: fc.nat(3) })
  .map(({ parts: all, done, failed }): Parts => {
    const heard = Math.min(all, done);
    return { parts: all, done: heard, failed: Math.min(all - heard, failed) };
  });

const worlds = fc.record({
  scope: fc.constantFrom('FULL' as const, 'MOMENTS_ONLY' as const, 'CLIPS_ONLY' as const),
  stopAfter: fc.option(fc.constantFrom('TRANSCRIBE' as const, 'FIND_MOMENTS' as const, 'CUT_CLIPS' as const)),
  isHeard: fc.boolean(),
  isAsked: fc.boolean(),
  hasSurvey: fc.boolean(),
  hasTranscript: fc.boolean(),
  hasThumbnails: fc.boolean(),
  totalMoments: fc.option(fc.nat(3)),
  hearing: parts,
  asking: parts,
  moments: fc.array(fc.constantFrom('OPEN', 'CUT', 'FAILED'), { maxLength: 4 }),
  /** What becomes of each step: done, done without a word or a find, or failed for good. */
  fates: fc.infiniteStream(fc.constantFrom('DONE', 'DONE', 'EMPTY', 'FAILED')),
});
type Drawn = typeof worlds extends fc.Arbitrary<infer One> ? One : never;

class World {
  run: MomentsRun & { stage: string | null };
  readonly #drawn: Drawn;
  #hasSurvey: boolean;
  #hasTranscript: boolean;
  #hasThumbnails: boolean;
  #totalMoments: number | null;
  #skipped: MomentsRows['skippedStages'] = [];
  #chunks: string[];
  #questions: string[];
  #moments: string[];

  constructor(drawn: Drawn) {
    this.#drawn = drawn;
    const { hearing, asking } = drawn;
    this.run = {
      stage: null,
      status: 'RUNNING',
      stopAfter: drawn.stopAfter,
      momentsScope: drawn.scope,
      options: { transcriptSource: drawn.isHeard ? 'GEMINI' : null },
      errorStage: null,
      errorCode: null,
      errorMessage: null,
    };
    this.#hasSurvey = drawn.hasSurvey;
    this.#hasTranscript = drawn.hasTranscript;
    this.#hasThumbnails = drawn.hasThumbnails;
    this.#totalMoments = drawn.totalMoments;
    this.#chunks = statesOf(hearing);
    this.#questions = statesOf(asking);
    this.#moments = [...drawn.moments];
  }

  rows(): MomentsRows {
    const { isHeard, isAsked, scope } = this.#drawn;
    const chunks = standing(this.#chunks);
    const questions = standing(this.#questions);
    const heard = this.#hasTranscript ? ({ state: 'DONE' } as const) : hearingOf(chunks);
    return {
      videoId,
      hasSurvey: this.#hasSurvey,
      hasTranscript: this.#hasTranscript,
      hearing: isHeard ? heard : null,
      asking: isAsked && scope !== 'CLIPS_ONLY' ? askingOf(questions) : null,
      moments: scope === 'MOMENTS_ONLY' ? [] : this.#moments.map(momentOf),
      totalMoments: this.#totalMoments,
      skippedStages: this.#skipped,
      hasThumbnails: this.#hasThumbnails,
    };
  }

  /** What a step does to the rows. */
  work(step: string, place: number, fate: string): void {
    if (fate === 'FAILED') {
      if (step === 'buy-transcript') this.#chunks[place] = 'FAILED';
      if (step === 'buy-moments') this.#questions[place] = 'FAILED';
      if (step === 'cut-clip') this.#moments[place] = 'FAILED';
      if (step === 'make-thumbnails') this.#skipped.push({ stage: 'THUMBNAILS', reason: 'No stills.' });
      const { code: errorCode, message: errorMessage } = PROBLEM;
      this.run = { ...this.run, errorStage: this.run.stage as never, errorCode, errorMessage };
      return;
    }
    const isEmpty = fate === 'EMPTY';
    if (step === 'survey-video') this.#hasSurvey = true;
    if (step === 'transcribe' || step === 'lay-out-hearing') {
      if (isEmpty) this.#skipped.push({ stage: 'TRANSCRIBE', reason: 'Silent.' });
      else if (step === 'transcribe') this.#hasTranscript = true;
      else this.#chunks = ['OPEN', 'OPEN'];
    }
    if (step === 'buy-transcript') {
      this.#chunks[place] = 'DONE';
      if (!isEmpty && this.#chunks.every((state) => state === 'DONE')) this.#hasTranscript = true;
    }
    if (step === 'search-by-model' && this.#questions.length === 0 && !isEmpty)
      this.#questions = ['OPEN', 'OPEN'];
    else if (step === 'search-by-model' || step === 'find-moments') this.#totalMoments = isEmpty ? 0 : 2;
    if (step === 'buy-moments') this.#questions[place] = 'DONE';
    if (step === 'cut-clip') this.#moments[place] = 'CUT';
    if (step === 'make-thumbnails') this.#hasThumbnails = true;
  }
}

const statesOf = ({ parts: all, done, failed }: Parts): string[] =>
  Array.from({ length: all }, (_, place) =>
    place < done ? 'DONE' : place < done + failed ? 'FAILED' : 'OPEN',
  );

function standing(states: readonly string[]) {
  const done = states.filter((state) => state === 'DONE').length;
  const ids = states.flatMap((state, place) => (state === 'OPEN' ? [idOf(place)] : []));
  return { done, ids, all: states.length, hasFailed: states.includes('FAILED') };
}

function hearingOf({ done, ids, all, hasFailed }: ReturnType<typeof standing>): MomentsRows['hearing'] {
  if (all === 0) return { state: 'NOT_LAID_OUT' };
  if (ids.length > 0) return { state: 'OPEN', chunkIds: ids, heard: done, all };
  return hasFailed ? { state: 'FAILED', problem: PROBLEM, heard: done, all } : { state: 'SILENT' };
}

function askingOf({ done, ids, all, hasFailed }: ReturnType<typeof standing>): MomentsRows['asking'] {
  if (all === 0) return { state: 'NOT_LAID_OUT' };
  if (ids.length > 0) return { state: 'OPEN', questionIds: ids, answered: done, all };
  return hasFailed ? { state: 'FAILED', problem: PROBLEM, answered: done, all } : { state: 'DONE' };
}

const momentOf = (state: string, place: number) => ({
  id: idOf(place),
  title: `Moment ${place}`,
  durationSeconds: 10,
  isCut: state === 'CUT',
  clipErrorCode: state === 'FAILED' ? PROBLEM.code : null,
  clipErrorMessage: state === 'FAILED' ? PROBLEM.message : null,
});

const placeOf = (input: object): number => {
  const id = Object.entries(input).find(
    ([name]) => name !== 'videoId' && name.endsWith('Id'),
  )?.[1] as unknown;
  return typeof id === 'string' ? Number(id.slice(-2)) : 0;
};

/** More than all chunks, questions, clips and single steps that there can be. */
const MOST_PLANS = 40;

test('ends, and asks for no step again that failed for good', () => {
  fc.assert(
    fc.property(worlds, (drawn) => {
      const world = new World(drawn);
      const failed = new Set<string>();
      const fates = drawn.fates[Symbol.iterator]();
      for (let plans = 0; plans < MOST_PLANS; plans += 1) {
        const plan = planMomentsRun(world.rows(), world.run);
        expect(planMomentsRun(world.rows(), world.run)).toEqual(plan);
        // One that failed says of what, one that has all of it says of nothing.
        if (plan.kind === 'END') return (plan.error === undefined) === (plan.status === 'COMPLETED');
        if (plan.kind !== 'GO') throw new Error(plan.kind);
        world.run.stage = plan.stage;
        const [call] = plan.steps;
        if (!call) throw new Error('Nothing is on its way, and nothing is asked for.');
        expect(new Set(plan.steps.map(({ key }) => key)).size).toBe(plan.steps.length);
        expect(plan.steps.filter(({ key }) => failed.has(key))).toEqual([]);
        const fate = fates.next().value as string;
        if (fate === 'FAILED') failed.add(call.key);
        world.work(call.step, placeOf(call.input), fate);
      }
      throw new Error(`Not ended after ${MOST_PLANS} plans.`);
    }),
    { numRuns: 2_000 },
  );
});

test('fails with the first step that only the run knows of', () => {
  fc.assert(
    fc.property(worlds, (drawn) => {
      const world = new World(drawn);
      const plan = planMomentsRun(world.rows(), world.run);
      const [call] = plan.kind === 'GO' ? plan.steps : [];
      if (plan.kind !== 'GO' || !call || !UNMARKED.includes(call.step)) return;
      world.run.stage = plan.stage;
      world.work(call.step, 0, 'FAILED');
      const error = { stage: plan.stage, code: PROBLEM.code };
      expect(planMomentsRun(world.rows(), world.run)).toMatchObject({ kind: 'END', status: 'FAILED', error });
    }),
    { numRuns: 500 },
  );
});

test.each(['BUDGET_EXCEEDED', 'PROVIDER_NOT_CONFIGURED'])('buys nothing when stopped by %s', (errorCode) => {
  fc.assert(
    fc.property(worlds, fc.boolean(), (drawn, isBuying) => {
      const world = new World(drawn);
      const usual = planMomentsRun(world.rows(), world.run);
      // A purchase that is to come, or is on its way, is what a run is stopped at.
      fc.pre(usual.kind === 'GO' && usual.steps.some(({ step }) => BUYING.includes(step)));
      const stopped = {
        ...world.run,
        errorCode,
        errorMessage: 'Stopped.',
        errorStage: 'TRANSCRIBE' as const,
      };
      const plan = planStoppedMoments(world.rows(), stopped, isBuying);
      const ended = { kind: 'END', status: 'FAILED', error: { code: errorCode } };
      const still = errorCode === 'BUDGET_EXCEEDED' ? { kind: 'PAUSE' } : ended;
      expect(plan).toMatchObject(isBuying ? { kind: 'GO', steps: [] } : still);
    }),
    { numRuns: 60 },
  );
});
