/** When the name of an interaction comes, and what becomes of a clip whose name does not. */
import { afterEach, expect, test } from 'vitest';
import { useGoogleTest } from './support.ts';
import { SURFACES } from './wire.ts';

const google = useGoogleTest();

const MODEL_OF = { GEMINI: 'gemini-omni-1.1-flash', VERTEX: 'gemini-omni-1.1-flash-preview' } as const;
const customer = (transport: string, surface: keyof typeof MODEL_OF = 'GEMINI') =>
  google.customer(surface, {
    VIDPIPE_GOOGLE_VIDEO_MODEL: MODEL_OF[surface],
    VIDPIPE_GOOGLE_OMNI_TRANSPORT: transport,
  });

afterEach(async () => {
  await google.server.world({ namesHeld: false, namesStreamed: true });
  await google.server.settings({ operationMs: 0 });
});

/** Buys a clip; what it is, and how long before that its name was told, in milliseconds. */
async function buyNamed(transport: string, subject: string) {
  const told: [name: string, at: number][] = [];
  const bought = await customer(transport).buy(subject, {
    onNamed: async (name) => void told.push([name, performance.now()]),
  });
  const [name = null, at = performance.now()] = told[0] ?? [];
  return { bought, name, earlierMs: performance.now() - at };
}

test('a held answer that begins with its name is known by it long before the film', async () => {
  await google.server.world({ namesHeld: true });
  await google.server.settings({ operationMs: 600 });
  const { bought, name, earlierMs } = await buyNamed('hold', 'A stilt counts to seven.');
  expect(bought).toMatchObject({ operationName: name, verdict: { verdict: 'FILM' } });
  expect(earlierMs).toBeGreaterThan(300);
});

test('one that does not is known with its film', async () => {
  await google.server.settings({ operationMs: 600 });
  const { bought, name, earlierMs } = await buyNamed('hold', 'A stilt counts to eight.');
  expect(bought).toMatchObject({ operationName: name, verdict: { verdict: 'FILM' } });
  expect(earlierMs).toBeLessThan(300);
});

test.each(SURFACES)('a stream that names nothing on %s still brings its film', async (surface) => {
  await google.server.world({ namesStreamed: false });
  const toFile = `${google.directory}/nameless-${surface}.mp4`;
  const bought = await customer('stream', surface).buy(`A stilt counts to nine on ${surface}.`, { toFile });
  expect(bought).toMatchObject({
    operationName: expect.stringMatching(/^interactions\/unnamed-/),
    verdict: { verdict: 'FILM', bill: { usage: expect.anything() } },
  });
  // Vertex sends the film itself: it is kept at once, for by that name nobody will find it.
  if (surface === 'VERTEX') expect(bought.film).toMatchObject({ durationSeconds: expect.closeTo(4, 1) });
  else expect(bought.verdict).toMatchObject({ uri: expect.stringContaining('files/') });
});
