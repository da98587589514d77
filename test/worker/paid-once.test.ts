/** What was bought is bought once and stays paid for, also where the books or the network fail in between. */
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { projectScope } from '../../src/features/projects/project-runs.ts';
import { resumeProject } from '../../src/features/pipelines/control/control.ts';
import { generateFilm } from '../../src/features/pipelines/confirm/launch.ts';
import type { PipelineRun } from '../../src/generated/prisma/client.ts';
import type { RemoteClips } from '../../src/providers/capabilities/clip.ts';
import type { StoryboardCapability } from '../../src/providers/capabilities/storyboard.ts';
import { ProviderError } from '../../src/providers/provider-error.ts';
import { installProvider } from '../../src/providers/registry.ts';
import { changed, remoteClips } from '../support/changed.ts';
import { runEnd } from '../support/run-end.ts';
import { type TestPlatform, useTestPlatform } from '../support/test-platform.ts';
import { useInstantProvider } from '../support/use-instant-provider.ts';

type Write = StoryboardCapability['call'];

const platform = useTestPlatform({ workers: 2 });
const provider = useInstantProvider();

const inDatabase = (sql: string) => platform.db.$executeRawUnsafe(sql);

/** The ledger takes no entry of a kind, once. */
async function refuseEntryOnce(kind: 'UNKNOWN' | 'RELEASE'): Promise<void> {
  await inDatabase('CREATE SEQUENCE refusals');
  await inDatabase(`CREATE FUNCTION refuse_once() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF nextval('refusals') = 1 THEN RAISE EXCEPTION 'not now'; END IF; RETURN NEW; END $$`);
  await inDatabase(`CREATE TRIGGER refuse_once BEFORE INSERT ON ledger_entries
    FOR EACH ROW WHEN (NEW.kind = '${kind}') EXECUTE FUNCTION refuse_once()`);
  onTestFinished(async () => {
    await inDatabase('DROP FUNCTION refuse_once() CASCADE');
    await inDatabase('DROP SEQUENCE refusals');
  });
}

function changeClips(more: (clips: RemoteClips) => Partial<RemoteClips>): void {
  const { adapter } = provider();
  installProvider(changed(adapter, { CLIP: more(remoteClips(adapter)) }));
}

function changeWriter(more: (write: Write) => Write): void {
  const { adapter } = provider();
  installProvider(changed(adapter, { STORYBOARD: { call: more(adapter.capabilities.STORYBOARD.call) } }));
}

/** As after an outage in which its worker gave no sign of life. */
const takeOver = (step: string) =>
  inDatabase(`UPDATE pgboss.job SET state = 'retry', retry_count = retry_count + 1, start_after = now()
    WHERE name = '${step}' AND state = 'active'`);

/** What the provider charged so far, in micro-USD. */
const billed = () => [...provider().books.values()].reduce((sum, microUsd) => sum + microUsd, 0);

/** A film of one scene, as far as its clip. */
async function makeFilm(targetDuration = 4) {
  const { project, run } = await generateFilm(platform.ctx, {
    prompt: 'A lighthouse wakes at dusk.',
    targetClipDuration: 4,
    targetDuration,
    stopAfter: 'CLIPS',
    crossfadeSeconds: 0,
    idempotencyKey: null,
  });
  return look(project.id, await runEnd(platform.ctx, run.id));
}

async function resume(projectId: string) {
  const run = await resumeProject(platform.ctx, { projectId });
  return look(projectId, await runEnd(platform.ctx, run.id));
}

async function look(projectId: string, run: PipelineRun) {
  const { db } = platform;
  const clips = await db.videoClip.findMany({ where: { scene: { projectId } } });
  const balance = await db.ledgerBalance.findUniqueOrThrow({ where: { scope: projectScope(projectId) } });
  const [settled, unknown] = [Number(balance.settledMicroUsd), Number(balance.unknownMicroUsd)];
  return { projectId, run, clips, settled, unknown };
}

test(
  'of storyboards with too few scenes, each of which was paid for, the fullest is filmed',
  { tags: 'long' },
  async () => {
    const counts = [1, 2, 1];
    changeWriter((write) => async (...order) => {
      const { answer, ...receipt } = await write(...order);
      const { scenes, ...rest } = answer as { scenes: object[] };
      return { ...receipt, answer: { ...rest, scenes: scenes.slice(0, counts.shift()) } };
    });
    const film = await makeFilm(12);
    expect(counts).toEqual([]);
    expect(film.clips).toHaveLength(2);
  },
);

test(
  'a storyboard that was cut off leaves the larger room to all after it, also where its step is begun anew',
  { tags: 'long' },
  async () => {
    const rooms: (boolean | undefined)[] = [];
    changeWriter((write) => async (request, ...order) => {
      rooms.push(request.before?.needsRoom);
      if (rooms.length === 2) throw new ProviderError('NOT_ACCEPTED', 'Not now.');
      const written = await write(request, ...order);
      return rooms.length === 1 ? { ...written, answer: {}, cut: 'It was cut off.' } : written;
    });
    expect(await makeFilm()).toMatchObject({ run: { status: 'COMPLETED' }, settled: billed() });
    expect(rooms).toEqual([undefined, true, true]);
  },
);

describe('a clip whose purchase', () => {
  test.each([
    ['nobody answers, and that cannot be booked at first', 'UNKNOWN', { outcome: 'UNKNOWN', bought: true }],
    [
      'is not taken, and that cannot be booked at first',
      'RELEASE',
      { outcome: 'NOT_ACCEPTED', bought: false },
    ],
  ] as const)('%s, waits for a person and is not bought by a resume', async (_, kind, failure) => {
    await refuseEntryOnce(kind);
    provider().failSubmit = failure;
    const film = await makeFilm();
    const waiting = {
      run: { errorCode: 'OUTCOME_UNKNOWN' },
      clips: [{ status: 'UNKNOWN' }],
      unknown: 400_000,
    };
    expect(film).toMatchObject(waiting);
    const { length } = provider().purchases;
    expect(await resume(film.projectId)).toMatchObject(waiting);
    expect(provider().purchases).toHaveLength(length);
  });

  test(
    'is answered, and whose pictures cannot be put away, is not bought again',
    { tags: 'long' },
    async () => {
      const withFiles: TestPlatform['storage']['withFiles'] = platform.storage.withFiles.bind(
        platform.storage,
      );
      const spy = vi.spyOn(platform.storage, 'withFiles').mockImplementation(async (keys, use) => {
        const result = await withFiles(keys, use);
        if (typeof result === 'object' && result !== null && 'operationName' in result)
          throw new Error('EBUSY');
        return result;
      });
      onTestFinished(() => spy.mockRestore());
      expect(await makeFilm()).toMatchObject({ clips: [{ status: 'UNKNOWN' }] });
      expect(provider().purchases).toHaveLength(1);
    },
  );
});

const refuse = async () => {
  throw new ProviderError('REFUSED', 'No such key file.', { code: 'PROVIDER_PERMISSION' });
};

test(
  'a clip that was given up while its provider was asked is gone on with once the answer comes',
  { tags: 'long' },
  async () => {
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    changeClips((clips) => ({
      async submit(...order) {
        asked.resolve();
        await answer.promise;
        return clips.submit(...order);
      },
    }));
    const made = makeFilm();
    await asked.promise;
    await takeOver('submit-clip');
    const film = await made;
    expect(film).toMatchObject({ run: { errorCode: 'OUTCOME_UNKNOWN' }, clips: [{ status: 'UNKNOWN' }] });
    answer.resolve();
    const late = { status: 'POLLING', operationName: 'operations/1', errorMessage: null };
    await expect.poll(async () => (await look(film.projectId, film.run)).clips).toMatchObject([late]);
    expect(await resume(film.projectId)).toMatchObject({ clips: [{ status: 'COMPLETE' }], unknown: 0 });
    expect(provider().purchases).toHaveLength(1);
  },
);

describe('a clip whose provider', () => {
  test('says that it has ended, and not how, is UNKNOWN, and a resume buys nothing', async () => {
    provider().answer = { verdict: 'NOT_KNOWN', about: 'NOTHING', words: 'It is done and has no clip.' };
    const film = await makeFilm();
    const waiting = {
      run: { errorCode: 'OUTCOME_UNKNOWN' },
      clips: [{ status: 'UNKNOWN' }],
      settled: billed() - 400_000,
      unknown: 400_000,
    };
    expect(film).toMatchObject(waiting);
    const calls = provider().books.size;
    expect(await resume(film.projectId)).toMatchObject(waiting);
    expect(provider().purchases).toHaveLength(1);
    expect(provider().books.size).toBe(calls);
  });

  test('gives the film with its answer is fetched without being asked about', async () => {
    const verdict = { verdict: 'FILM', uri: 'instant:clip' } as const;
    changeClips((clips) => ({
      submit: async (...order) => ({ ...(await clips.submit(...order)), verdict }),
    }));
    expect(await makeFilm()).toMatchObject({
      run: { status: 'COMPLETED' },
      clips: [{ status: 'COMPLETE', operationName: 'operations/1', resultUri: 'instant:clip' }],
      settled: billed(),
      unknown: 0,
    });
    expect(provider().polls.size).toBe(0);
  });

  test('says with its answer that it came to nothing is free by that word', async () => {
    const verdict = { verdict: 'REFUSED_AS_ASKED', words: 'It failed.' } as const;
    changeClips((clips) => ({
      submit: async (...order) => ({ ...(await clips.submit(...order)), verdict }),
    }));
    expect(await makeFilm()).toMatchObject({
      clips: [{ status: 'FAILED', errorMessage: 'It failed.', operationName: 'operations/1' }],
      settled: billed() - 400_000,
    });
  });

  test('named it before its worker died is asked about by that name, not given up', async () => {
    const named = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    onTestFinished(() => answer.resolve());
    changeClips((clips) => ({
      async submit(order, reservation, options) {
        const bought = await clips.submit(order, reservation, options);
        await options.onNamed?.(bought.operationName);
        named.resolve();
        await answer.promise;
        return bought;
      },
    }));
    const made = makeFilm();
    await named.promise;
    await takeOver('submit-clip');
    const done = { status: 'COMPLETE', operationName: 'operations/1' };
    expect(await made).toMatchObject({ run: { status: 'COMPLETED' }, clips: [done], unknown: 0 });
    expect(provider().purchases).toHaveLength(1);
  });
});

describe('our own credentials, which do not hold,', { tags: 'long' }, () => {
  const longAgo = new Date(Date.now() - 49 * 3_600_000);
  const forget = (projectId: string) =>
    platform.db.videoClip.updateMany({ where: { scene: { projectId } }, data: { doneAt: longAgo } });

  test('say nothing of a clip: mended, they lead to it', async () => {
    changeClips(() => ({ poll: refuse }));
    const film = await makeFilm();
    expect(film).toMatchObject({ clips: [{ status: 'TIMED_OUT', pollCount: 40 }], unknown: 0 });
    installProvider(provider().adapter);
    expect(await resume(film.projectId)).toMatchObject({ clips: [{ status: 'COMPLETE' }] });
    expect(provider().purchases).toHaveLength(1);
  });

  test.each(['poll', 'download'] as const)(
    'at a late %s do not make a clip lost that may still be there',
    async (call) => {
      changeClips(() => ({ download: refuse }));
      const film = await makeFilm();
      await forget(film.projectId);
      changeClips(() => ({ [call]: refuse }));
      expect(await resume(film.projectId)).toMatchObject({ clips: [{ status: 'TIMED_OUT' }] });
      installProvider(provider().adapter);
      expect(await resume(film.projectId)).toMatchObject({ clips: [{ status: 'COMPLETE' }] });
      expect(provider().purchases).toHaveLength(1);
    },
  );
});
