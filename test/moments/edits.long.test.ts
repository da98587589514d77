/** Whatever people do to the moments of a video, in whatever order: all keep their rules, each change is told once, and no file is left. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DomainError } from '../../src/core/errors.ts';
import { newId } from '../../src/core/ids.ts';
import { createMoment } from '../../src/features/moments/edit/create-moment.ts';
import { deleteClip } from '../../src/features/moments/edit/delete-clip.ts';
import { deleteMoment } from '../../src/features/moments/edit/delete-moment.ts';
import { setDiscarded } from '../../src/features/moments/edit/keep-moment.ts';
import { mergeMoments } from '../../src/features/moments/edit/merge-moments.ts';
import { splitMoment } from '../../src/features/moments/edit/split-moment.ts';
import { trimMoment } from '../../src/features/moments/edit/trim-moment.ts';
import { updateMoment } from '../../src/features/moments/edit/update-moment.ts';
import { transcriptOf } from '../support/seed-moments.ts';
import { seedFilm } from '../support/seed.ts';
import { useTestPlatform } from '../support/test-platform.ts';
import { DURATION, MomentWalk } from './support/moment-walk.ts';

const platform = useTestPlatform();
const REFUSALS: ReadonlySet<string> = new Set(['INVALID_INPUT', 'NOT_FOUND']);
/** Lengths of walks are bounded by time: each step asks the database a dozen times. */
const WALKS = 12;
const STEPS = 24;

type Step = { name: string; act: (walk: MomentWalk) => Promise<void> };

const nth = fc.nat(50);
/** In the video, by quarters of a second. */
const start = fc.integer({ min: -1, max: 4 * DURATION - 2 }).map((quarter) => quarter / 4);
/** Some are none, and some are longer than what is left of the video. */
const length = fc.integer({ min: 0, max: 10 }).map((quarter) => quarter / 4);

const step = <Values extends [unknown, ...unknown[]]>(
  name: string,
  values: { [Key in keyof Values]: fc.Arbitrary<Values[Key]> },
  act: (walk: MomentWalk, ...values: Values) => Promise<void>,
): fc.Arbitrary<Step> =>
  fc.tuple<Values>(...values).map((drawn) => ({
    name: `${name} ${JSON.stringify(drawn)}`,
    act: (walk) => act(walk, ...drawn),
  }));

const anyStep = fc.oneof(
  {
    weight: 5,
    arbitrary: step<[number, number]>('create', [start, length], async (walk, startSeconds, seconds) => {
      const endSeconds = startSeconds + seconds;
      walk.see(await createMoment(platform.ctx, { videoId: walk.videoId, startSeconds, endSeconds }));
    }),
  },
  step<[number, number, number]>('update', [nth, start, length], async (walk, at, startSeconds, seconds) => {
    const endSeconds = startSeconds + seconds;
    walk.see(await updateMoment(platform.ctx, { momentId: walk.pick(at), startSeconds, endSeconds }));
  }),
  step<[number, number]>('score', [nth, fc.integer({ min: -1, max: 11 })], async (walk, at, score) => {
    walk.see(
      await updateMoment(platform.ctx, { momentId: walk.pick(at), score: score === 5 ? null : score }),
    );
  }),
  step<[number, number, number]>(
    'trim',
    [nth, fc.integer({ min: -1, max: 2 }), fc.nat(2)],
    async (walk, at, fromWordIndex, toWordIndex) => {
      walk.see(await trimMoment(platform.ctx, { momentId: walk.pick(at), fromWordIndex, toWordIndex }));
    },
  ),
  step<[number, number]>('split', [nth, fc.nat(4)], async (walk, at, quarter) => {
    const momentId = walk.pick(at);
    const { startTime, endTime } = walk.moments.get(momentId) ?? { startTime: 0, endTime: 1 };
    const atSeconds = startTime + ((endTime - startTime) * quarter) / 4;
    const { first, second } = await splitMoment(platform.ctx, { momentId, atSeconds });
    walk.see(first, second);
  }),
  step<[number, number, number]>('merge', [nth, nth, nth], async (walk, ...places) => {
    const momentIds = places.map((at) => walk.pick(at));
    const merged = await mergeMoments(platform.ctx, { momentIds });
    for (const id of momentIds) if (id !== merged.id) walk.lose(id);
    walk.see(merged);
  }),
  step<[number, boolean]>('discard or keep', [nth, fc.boolean()], async (walk, at, isDiscarded) => {
    walk.see(await setDiscarded(platform.ctx, { momentId: walk.pick(at) }, isDiscarded));
  }),
  step<[number]>('delete', [nth], async (walk, at) =>
    walk.lose(await deleteMoment(platform.ctx, walk.pick(at))),
  ),
  step<[number]>('cut', [nth], (walk, at) => walk.cut(walk.pick(at))),
  step<[number]>('delete a clip', [nth], async (walk, at) => {
    const clip = await platform.db.clip.findUnique({ where: { momentId: walk.pick(at) } });
    await deleteClip(platform.ctx, clip?.id ?? newId());
  }),
);

test('every sequence of edits keeps every rule', async () => {
  let [done, refused] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyStep, { minLength: STEPS / 2, maxLength: STEPS, size: 'max' }),
      async (steps) => {
        const { videoId } = await seedFilm(platform.ctx, { sceneCount: 1 });
        await platform.db.transcript.create({ data: transcriptOf(videoId) });
        const walk = new MomentWalk(platform, videoId);
        for (const { act } of steps) {
          try {
            await act(walk);
            done += 1;
          } catch (error) {
            // Refusals are part of it; that they change nothing is checked below.
            if (!(error instanceof DomainError) || !REFUSALS.has(error.code)) throw error;
            refused += 1;
          }
          await walk.check();
        }
      },
    ),
    { numRuns: WALKS },
  );
  console.log(`${done} edits, ${refused} refused`);
  expect(done).toBeGreaterThan(refused);
}, 240_000);
