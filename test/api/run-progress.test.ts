import { describe, expect, test } from 'vitest';
import { LiveFilm, take } from './support/live-film.ts';

const live = LiveFilm.forEachTest();

describe('the progress of a run', () => {
  const PROGRESS = `subscription ($id: ID!, $after: String) {
    event: runProgress(runId: $id, after: $after) { status stage percent message estimatedSecondsLeft run { id } }
  }`;
  test('begins with where it stands and completes with its end', async () => {
    await live.progress('RUNNING', 10);
    await live.progress('RUNNING', 20);
    const events = live.follow<{ percent: number; status: string }>(PROGRESS, { id: live.run });
    const [first] = await take(events, 1);
    expect(first).toEqual({
      status: 'RUNNING',
      stage: 'CLIPS',
      percent: 20,
      message: 'At 20.',
      estimatedSecondsLeft: null,
      run: { id: live.run },
    });
    await live.progress('COMPLETED', 100);
    expect(await take(events, 1)).toMatchObject([{ percent: 100, status: 'COMPLETED' }]);
    expect(await events.next()).toMatchObject({ done: true });
  });

  test('of a run that has ended is its end', async () => {
    await live.progress('RUNNING', 50);
    await live.progress('FAILED', 60);
    const events = live.follow<unknown>(PROGRESS, { id: live.run });
    expect(await take(events, 1)).toMatchObject([{ percent: 60, status: 'FAILED' }]);
    expect(await events.next()).toMatchObject({ done: true });
  });

  test('is complete at once for whoever has heard its end', async () => {
    await live.progress('COMPLETED', 100);
    const cursor = `subscription ($id: ID!, $after: String) { event: runProgress(runId: $id, after: $after) { cursor } }`;
    const [end] = await take(live.follow<{ cursor: string }>(cursor, { id: live.run }), 1);
    const again = live.follow<{ cursor: string }>(cursor, { id: live.run, after: end?.cursor });
    expect(await again.next()).toMatchObject({ done: true });
  });

  test('passes warnings over', async () => {
    await live.progress('RUNNING', 10);
    await live.move('VIDEO_DONE', 'FAILED');
    await live.say('A warning.');
    await live.progress('COMPLETED', 100);
    const events = live.follow<{ percent: number }>(PROGRESS, { id: live.run, after: '0' });
    expect((await take(events, 2)).map(({ percent }) => percent)).toEqual([10, 100]);
  });
});
