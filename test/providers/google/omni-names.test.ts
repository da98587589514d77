/** When the name of an interaction comes, and what becomes of a clip whose name does not. */
import { afterEach, expect, test } from 'vitest';
import { useGoogleTest } from './support.ts';

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
  expect(earlierMs).toBeLessThan(600);
});

/** Buys from a stream without any name, and keeps what comes within it. */
async function buyNameless(surface: keyof typeof MODEL_OF) {
  await google.server.world({ namesStreamed: false });
  const toFile = `${google.directory}/nameless-${surface}.mp4`;
  return customer('stream', surface).buy(`A stilt counts to nine on ${surface}.`, { toFile });
}

const NAMELESS = {
  operationName: expect.stringMatching(/^interactions\/unnamed-/),
  verdict: { verdict: 'FILM', bill: { usage: expect.anything() } },
};

test('a stream that names nothing still tells where its film is', async () => {
  const bought = await buyNameless('GEMINI');
  expect(bought).toMatchObject(NAMELESS);
  expect(bought.verdict).toMatchObject({ uri: expect.stringContaining('files/') });
});

test('a film that comes in such a stream is kept at once, for by that name nobody will find it', async () => {
  const film = { durationSeconds: expect.closeTo(4, 1) };
  expect(await buyNameless('VERTEX')).toMatchObject({ ...NAMELESS, film });
});
