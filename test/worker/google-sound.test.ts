/** What a clip sounded like is refused by chance: what is tried before its words are softened, and what it costs. */
import { expect, test, vi } from 'vitest';
import type { Scenario } from '../support/google-server/scenario.ts';
import { type GoogleFilm, useGoogleStudio } from '../support/google-film.ts';

vi.setConfig({ testTimeout: 180_000 });

const studio = useGoogleStudio('VERTEX');

/** As recorded (2026-09 and 2026-10). */
const WORDS =
  'We encountered an issue with the audio for your prompt, which means we could not create your video. You have not been charged for this attempt.';
const NAME = 'projects/p/locations/us-central1/publishers/google/models/veo/operations/x';

const audio = (told: object): Scenario => ({
  name: 'audio',
  at: 'POLL',
  says: [{ status: 200, body: { name: NAME, done: true, ...told } }],
  money: 'FREE',
});
const FILTERED = audio({ response: { raiMediaFilteredCount: 1, raiMediaFilteredReasons: [WORDS] } });
const ERROR = audio({ error: { code: 3, message: WORDS } });

/** What Veo was asked for, in order: whether with sound, and whether with softened words. */
async function ordersOf({ tag }: GoogleFilm) {
  const requests = await studio.server.requests();
  return requests.flatMap(({ path, body }) => {
    if (!path.endsWith(':predictLongRunning') || !JSON.stringify(body).includes(tag)) return [];
    const { parameters, instances } = body as {
      parameters: { generateAudio: boolean };
      instances: { prompt: string }[];
    };
    const isSofter = instances[0]?.prompt.includes('Suitable for all ages') === true;
    return [{ sound: parameters.generateAudio, isSofter }];
  });
}

const AS_IT_IS = { sound: true, isSofter: false };
const SILENT = { sound: false, isSofter: false };

test.concurrent.each([
  ['once, as an operation’s error', [ERROR], [AS_IT_IS, AS_IT_IS]],
  ['twice', [FILTERED, ERROR], [AS_IT_IS, AS_IT_IS, SILENT]],
])('refused for its sound %s', { tags: 'long' }, async (_, scenarios, orders) => {
  const film = studio.film({ scenes: 1 });
  for (const scenario of scenarios) await studio.server.play({ scenario, subject: film.tag });
  expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'COMPLETED', errorCode: null });
  expect(await ordersOf(film)).toEqual(orders);
  expect(await film.scene(1)).toMatchObject({ softening: 0, withoutSound: orders.length === 3 });
  expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
  const told = (await film.events('WARNING')).map(({ message }) => message);
  expect(told).toContainEqual(
    expect.stringMatching(/refused the sound of its clip, at no cost; it is tried once more as it is/),
  );
});
