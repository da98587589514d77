/** Whatever form a block has: the ladder is climbed, its end is named, and the ledger is what Google charges. */
import { describe, expect, test, vi } from 'vitest';
import { videoClipSubject } from '../../src/features/video-clips/video-clip-bill.ts';
import { safetyOf } from '../../src/features/storyboards/scene-safety.ts';
import { type GoogleFilm, useGoogleStudio } from '../support/google-film.ts';
import type { Scenario } from '../support/google-server/scenario.ts';
import { scenarioNamed } from '../support/google-server/scenarios.ts';
import type { Surface } from '../support/google-server/start.ts';

// All films of a surface are made beside each other.
vi.setConfig({ testTimeout: 300_000 });

/** Recorded of an order that was held; one in the background is told so by its first poll. */
const SENTENCE_AS_CODE: Scenario = { ...scenarioNamed('omni/post-400-output-filter'), at: 'POLL' };

const VEO = 'veo-images-text/told.veo-vertex';
const FORMS: [Surface, [form: string, scenario: Scenario | string][]][] = [
  [
    'GEMINI',
    [
      ['HTTP 400 of a poll, content_blocked', 'omni/poll-400-real-people'],
      ['HTTP 400 of a poll, "Input blocked"', 'omni/poll-400-input-blocked'],
      ['HTTP 400 of a poll, a whole sentence as code', SENTENCE_AS_CODE],
      ['HTTP 400 of a poll, prohibited_content', 'omni blocked for prohibited content'],
      ['failed, with errors', 'omni/vertex-failed-content-blocked'],
      ['failed, with an error at the top', 'omni failed, error at the top'],
      ['failed, with an error of a step', 'omni failed, error of a step'],
      ['completed, with words only', 'omni/poll-completed-text-only-refusal'],
      ['HTTP 400 of the order', scenarioOfOrder()],
    ],
  ],
  [
    'VERTEX',
    [
      ['a count, with a reason', `${VEO} filtered-output`],
      ['a count, with a reason without a code', `${VEO} filtered-children`],
      ['a count without a reason', 'veo filter count without reasons'],
      ['a reason without a count', 'veo filter reasons without a count'],
      ['an error, for a frame', `${VEO} error-input-image`],
      ['an error, for a person', `${VEO} error-person`],
      ['an error, for its words', `${VEO} error-words`],
      ['an error, for third parties', 'veo error third party'],
    ],
  ],
];

/** What is refused at the order is free (omni facts, 29). */
function scenarioOfOrder(): Scenario {
  const { name, says } = scenarioNamed('omni/poll-400-input-blocked');
  return { name: `${name} at the order`, at: 'SUBMIT', says, money: 'FREE' };
}

const SOFTENED = 'Suitable for all ages';

/** What Google charges is booked to the micro-dollar; what it does not tell is booked as an estimate, and marked so. */
async function expectBalance(film: GoogleFilm): Promise<void> {
  const { settled, ...open } = await film.cost();
  const estimated = await film.estimated();
  const clips = await film.bought('CLIP');
  expect({ ...open, known: settled - estimated }).toEqual({
    reserved: 0,
    unknown: 0,
    known: await film.bill(),
  });
  expect(estimated > 0).toBe(clips.some(({ isKnown }) => !isKnown));
}

const sum = (amounts: number[]): number => amounts.reduce((total, amount) => total + amount, 0);

describe.each(FORMS)('on %s', (surface, forms) => {
  const studio = useGoogleStudio(surface);

  /** Whether each order for a scene had softened words, in order. */
  async function softenedOrders({ tag }: GoogleFilm, scene: 'one' | 'two'): Promise<boolean[]> {
    const orders = (await studio.server.requests()).filter(
      ({ method, path }) => method === 'POST' && /:predictLongRunning$|\/interactions$/.test(path),
    );
    return orders
      .map(({ body }) => JSON.stringify(body))
      .filter((body) => body.includes(`${tag}${scene}`))
      .map((body) => body.includes(SOFTENED));
  }

  const safety = async (film: GoogleFilm, scene: 1 | 2) => {
    const { id: sceneId } = await film.scene(scene);
    const refusals = await studio.platform.db.safetyRefusal.findMany({ where: { sceneId } });
    return safetyOf(refusals);
  };

  /** What was booked for the clips that were refused, and what their events tell of it, in micro-USD. */
  async function costOfRefusals(film: GoogleFilm) {
    const clips = await studio.platform.db.videoClip.findMany({
      where: { scene: { projectId: film.projectId }, status: 'RAI_FILTERED' },
    });
    const subjects = clips.map(({ id }) => videoClipSubject(id));
    const booked = (await film.ledger()).filter(
      ({ kind, subject }) => kind === 'SETTLE' && subjects.includes(subject),
    );
    const events = (await film.events('WARNING')).filter(({ message }) =>
      message.includes('safety filter refused'),
    );
    const toldOf = events.map(({ details }) => (details as { costMicroUsd: number }).costMicroUsd);
    return { booked: sum(booked.map(({ amountMicroUsd }) => Number(amountMicroUsd))), told: sum(toldOf) };
  }

  test.concurrent.each(forms)('%s: softened, and a gap that is named in the end', async (_, scenario) => {
    const film = studio.film();
    await studio.server.play(
      { scenario, subject: `${film.tag}one` },
      { scenario, subject: `${film.tag}two`, times: 3 },
    );
    expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({
      status: 'PARTIAL',
      errorCode: 'SAFETY_FILTERED',
    });

    expect(await film.clip(1)).toMatchObject({ status: 'COMPLETE' });
    expect(await softenedOrders(film, 'one')).toEqual([false, true]);
    expect(await safety(film, 1)).toMatchObject({ refusals: 1, isFinal: false });

    expect(await film.clip(2)).toMatchObject({
      status: 'RAI_FILTERED',
      errorMessage: expect.stringMatching(/\w/),
    });
    expect(await softenedOrders(film, 'two')).toEqual([false, true, true]);
    expect(await safety(film, 2)).toMatchObject({ refusals: 3, isFinal: true });
    expect(await film.unnamedGaps()).toEqual([]);
    await expectBalance(film);
    const { told, booked } = await costOfRefusals(film);
    expect(told).toBe(booked);
  });
});
