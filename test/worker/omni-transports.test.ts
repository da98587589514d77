/** Films by Omni in each way of asking for clips: what comes of them, what is bought, and what is learnt. */
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { resumeProject } from '../../src/features/pipelines/control/control.ts';
import { installProvider } from '../../src/providers/registry.ts';
import { useGoogleStudio } from '../support/google-film.ts';
import { googleAt } from '../support/google-server/adapter.ts';

const studio = useGoogleStudio('GEMINI');

const MODEL = 'gemini-omni-1.1-flash';

/** A busy machine makes a film slowly. */
const PATIENCE_MS = 60_000;
vi.setConfig({ testTimeout: 3 * PATIENCE_MS });

/** The provider as a process that begins now has it. */
function speaking(transport: string): void {
  const plenty = { VIDPIPE_GOOGLE_CLIPS_PER_MINUTE: '1000', VIDPIPE_GOOGLE_VIDEO_MODEL: MODEL };
  installProvider(googleAt(studio.server, 'GEMINI', { ...plenty, VIDPIPE_GOOGLE_OMNI_TRANSPORT: transport }));
}

afterAll(() => vi.resetConfig());

const note = (experience: object) =>
  studio.platform.db.providerNote.create({
    data: { provider: 'GOOGLE', name: `omni GEMINI ${MODEL}`, text: JSON.stringify(experience) },
  });
const at = new Date().toISOString();
const BACKGROUND_WORKED = { transports: { background: { state: 'WORKS', lost: 0, at } }, way: 'GET' };

const orders = async () =>
  (await studio.server.requests()).filter(
    ({ method, path }) => method === 'POST' && path === '/v1beta/interactions',
  );

beforeEach(async () => {
  await studio.platform.db.providerNote.deleteMany();
  await studio.server.world({ readsBackground: true, readsBackgroundBy: 'NONE', fileMs: 0 });
  await studio.server.settings({ operationMs: 200 });
});

test.each(['auto', 'background', 'hold', 'stream'])(
  'by %s a film comes out, and is bought once',
  { tags: 'long' },
  async (by) => {
    speaking(by);
    const film = studio.film({ scenes: 1 });
    expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'COMPLETED', errorCode: null });
    expect(await film.clip(1)).toMatchObject({
      status: 'COMPLETE',
      resultUri: expect.stringContaining('files/'),
    });
    const { downloads, polls } = await film.onlyClip(1);
    expect({ downloads, isPolled: polls > 0 }).toEqual({ downloads: 1, isPolled: by === 'background' });
    expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
  },
);

describe('where a key cannot read what is made in the background any more', () => {
  test('a clip that was ordered so is read another way', { tags: 'long' }, async () => {
    await note(BACKGROUND_WORKED);
    await studio.server.world({ readsBackground: false, readsBackgroundBy: 'V1' });
    speaking('auto');
    const film = studio.film({ scenes: 1 });
    expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'COMPLETED', errorCode: null });
    await film.onlyClip(1);
    const [known] = await studio.platform.db.providerNote.findMany();
    expect(known?.text).toContain('other version');
  });

  test(
    'and no other way leads to it, the next is ordered by another, and the first waits unharmed',
    { tags: 'long' },
    async () => {
      await note(BACKGROUND_WORKED);
      await studio.server.world({ readsBackground: false });
      speaking('auto');
      const before = (await orders()).length;
      const first = await studio.film({ scenes: 1 }).launch({ stopAfter: 'CLIPS' });
      await expect
        .poll(async () => (await first.events('WARNING')).map(({ message }) => message), {
          timeout: PATIENCE_MS,
        })
        .toContainEqual(expect.stringMatching(/asked again.*Multiple authentication credentials/));

      const second = studio.film({ scenes: 1 });
      expect(await second.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'COMPLETED' });
      expect(await first.clip(1)).toMatchObject({ status: 'SUBMITTED', resultUri: null });
      expect(await first.cost()).toMatchObject({ unknown: 0, reserved: expect.any(Number) });
      const bodies = (await orders()).slice(before).map(({ body }) => Object.keys(body ?? {}));
      expect(bodies.map((keys) => keys.includes('background'))).toEqual([true, false]);

      await studio.server.world({ readsBackground: true });
      expect(await first.end()).toMatchObject({ status: 'COMPLETED' });
      expect(await first.cost()).toEqual({ settled: await first.bill(), reserved: 0, unknown: 0 });
      await first.onlyClip(1);
    },
  );
});

test(
  'a worker that dies while its stream goes on has written the name down: the clip is gone on with',
  { tags: 'long' },
  async () => {
    speaking('stream');
    await studio.server.settings({ operationMs: 4_000 });
    const film = await studio.film({ scenes: 1 }).launch({ stopAfter: 'CLIPS' });
    const clip = () => film.clip(1);
    await expect
      .poll(async () => (await clip())?.operationName ?? null, { timeout: PATIENCE_MS })
      .toMatch(/^interactions\//);
    expect(await clip()).toMatchObject({ status: 'SUBMITTING' });
    await studio.platform.db.$executeRaw`UPDATE pgboss.job
    SET state = 'retry', retry_count = retry_count + 1, start_after = now()
    WHERE name = 'submit-clip' AND state = 'active'`;
    await expect.poll(async () => (await clip())?.status, { timeout: PATIENCE_MS }).toBe('SUBMITTED');
    expect(await film.end()).toMatchObject({ status: 'COMPLETED' });
    expect((await film.onlyClip(1)).polls).toBeGreaterThan(0);
    expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });
  },
);

test(
  'a held answer that breaks off leaves a gap of which nobody knows, and that no resume buys again',
  { tags: 'long' },
  async () => {
    speaking('hold');
    const film = studio.film({ scenes: 1 });
    await film.fault('SUBMIT', 1, { kind: 'RESET', accepted: true });
    expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({
      status: 'FAILED',
      errorCode: 'OUTCOME_UNKNOWN',
    });
    film.follow(await resumeProject(studio.platform.ctx, { projectId: film.projectId }));
    expect(await film.end()).toMatchObject({ errorCode: 'OUTCOME_UNKNOWN' });
    expect(await film.clip(1)).toMatchObject({ status: 'UNKNOWN', operationName: null });
    expect((await film.cost()).unknown).toBeGreaterThan(0);
    await film.onlyClip(1);
  },
);

test(
  'what a held answer says of a safety filter is answered with gentler words',
  { tags: 'long' },
  async () => {
    speaking('hold');
    const film = studio.film({ scenes: 1 });
    await studio.server.play({ scenario: 'omni/poll-400-input-blocked', subject: film.tag });
    expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'COMPLETED' });
    const [refused, made, ...more] = await film.bought('CLIP');
    expect(more).toEqual([]);
    expect(made?.promptHash).not.toBe(refused?.promptHash);
  },
);

test('a file that is PROCESSING for a while is waited for', { tags: 'long' }, async () => {
  speaking('hold');
  await studio.server.world({ fileMs: 2_500 });
  const film = studio.film({ scenes: 1 });
  expect(await film.make({ stopAfter: 'CLIPS' })).toMatchObject({ status: 'COMPLETED', errorCode: null });
  expect(await film.events('WARNING')).toEqual([]);
  expect(await film.onlyClip(1)).toMatchObject({ downloads: 1 });
});
