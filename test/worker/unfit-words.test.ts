/** What a provider says is kept whatever is in it; and what cannot be written is told as that. */
import { scopeOf } from '../../src/core/scopes.ts';
import { describe, expect, onTestFinished, test } from 'vitest';
import { projectScope } from '../../src/features/projects/project-runs.ts';
import { generateFilm } from '../../src/features/pipelines/confirm/launch.ts';
import type { RemoteClips } from '../../src/providers/capabilities/clip.ts';
import { installProvider } from '../../src/providers/registry.ts';
import { changed, remoteClips } from '../support/changed.ts';
import { runEnd } from '../support/run-end.ts';
import { useTestPlatform } from '../support/test-platform.ts';
import { useInstantProvider } from '../support/use-instant-provider.ts';

const UNFIT = 'A bad\u0000 day \ud83d';
const FIT = 'A bad day \ufffd';

const platform = useTestPlatform({ workers: 2 });
const provider = useInstantProvider();

function changeClips(more: (clips: RemoteClips) => Partial<RemoteClips>): void {
  const { adapter } = provider();
  installProvider(changed(adapter, { CLIP: more(remoteClips(adapter)) }));
}

/** A film of one scene, as far as its clip. */
async function makeFilm() {
  const { project, run } = await generateFilm(platform.ctx, {
    prompt: 'A lighthouse wakes at dusk.',
    targetClipDuration: 4,
    targetDuration: 4,
    stopAfter: 'CLIPS',
    crossfadeSeconds: 0,
    idempotencyKey: null,
  });
  const ended = await runEnd(platform.ctx, run.id);
  const { db } = platform;
  const balance = await db.ledgerBalance.findUnique({ where: { scope: projectScope(project.id) } });
  return {
    run: ended,
    project: await db.project.findUniqueOrThrow({ where: { id: project.id } }),
    clip: await db.videoClip.findFirst({ where: { scene: { projectId: project.id } } }),
    frames: await db.keyframe.findMany({ where: { scene: { projectId: project.id } } }),
    settled: Number(balance?.settledMicroUsd),
    reserved: Number(balance?.reservedMicroUsd),
    unknown: Number(balance?.unknownMicroUsd),
  };
}

const bill = () => [...provider().books.values()].reduce((sum, microUsd) => sum + microUsd, 0);

describe('NUL and half an emoji', () => {
  test('in a poll’s reason: the clip ends at its first poll, in those words', async () => {
    provider().answer = { verdict: 'REFUSED_AS_ASKED', words: UNFIT };
    const film = await makeFilm();
    expect(film.clip).toMatchObject({ status: 'FAILED', errorMessage: FIT, pollCount: 1 });
    expect(film).toMatchObject({ settled: bill(), reserved: 0, unknown: 0 });
  });

  test('in a refusal: the run tells it', async () => {
    provider().answer = { verdict: 'REFUSED_BY_SAFETY', words: UNFIT, refusedInput: 'UNKNOWN' };
    const { run } = await makeFilm();
    expect(run).toMatchObject({ errorCode: 'SAFETY_FILTERED', errorMessage: expect.stringContaining(FIT) });
  });

  test('in the names and addresses of a clip: it is asked about and fetched by what is left of them', async () => {
    changeClips((clips) => ({
      submit: async (...order) => ({ ...(await clips.submit(...order)), operationName: `op\u0000/${UNFIT}` }),
      poll: async () => ({ verdict: 'FILM', uri: `file\u0000/${UNFIT}` }),
    }));
    expect((await makeFilm()).clip).toMatchObject({
      status: 'COMPLETE',
      operationName: `op/${FIT}`,
      resultUri: `file/${FIT}`,
    });
  });

  test('in a storyboard and a prompt: both are written', async () => {
    const { adapter } = provider();
    const { STORYBOARD, KEYFRAME } = adapter.capabilities;
    const odd = changed(adapter, {
      STORYBOARD: {
        async call(...order) {
          const { answer, ...receipt } = await STORYBOARD.call(...order);
          const text = JSON.stringify(answer).replaceAll(
            '"style_guide"',
            `"odd\\u0000":${JSON.stringify(UNFIT)},"style_guide"`,
          );
          return { answer: JSON.parse(text), ...receipt, requestId: UNFIT };
        },
      },
      KEYFRAME: { call: async (...order) => ({ ...(await KEYFRAME.call(...order)), promptUsed: UNFIT }) },
    });
    installProvider(odd);
    const film = await makeFilm();
    expect(film.run).toMatchObject({ status: 'COMPLETED' });
    expect(film.project.storyboardRaw).toMatchObject({ odd: FIT });
    expect(film.frames[0]).toMatchObject({ promptUsed: FIT });
  });
});

const inDatabase = (sql: string) => platform.db.$executeRawUnsafe(sql);

/** Lets the database refuse rows of a table, as a full disk or a broken column would. */
async function refuseRows(table: string, on: 'INSERT' | 'UPDATE', when: string): Promise<void> {
  await inDatabase(`CREATE FUNCTION refuse_row() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'no room for it'; END $$`);
  await inDatabase(
    `CREATE TRIGGER refuse BEFORE ${on} ON ${table} FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION refuse_row()`,
  );
  onTestFinished(async () => {
    await inDatabase(`DROP FUNCTION refuse_row() CASCADE`);
  });
}

const NOT_STORED = /could not be stored: .*no room for it/;

describe('an answer that cannot be written', () => {
  test('of a frame is paid for, and said to be that', async () => {
    await refuseRows('keyframes', 'INSERT', 'true');
    const film = await makeFilm();
    expect(film.run).toMatchObject({ status: 'FAILED', errorStage: 'KEYFRAMES' });
    expect(film.run.errorMessage).toMatch(NOT_STORED);
    expect(film).toMatchObject({ settled: bill(), reserved: 0, unknown: 0 });
  });

  test('of a storyboard is paid for, and said to be that', { tags: 'long' }, async () => {
    await refuseRows('scenes', 'INSERT', 'true');
    const film = await makeFilm();
    expect(film.run).toMatchObject({ status: 'FAILED', errorStage: 'STORYBOARD' });
    expect(film.run.errorMessage).toMatch(NOT_STORED);
    expect(film).toMatchObject({ settled: bill(), reserved: 0, unknown: 0 });
  });

  test('of a clip’s purchase leaves its name with the person who settles it', async () => {
    await refuseRows('video_clips', 'UPDATE', "NEW.status = 'SUBMITTED'");
    const film = await makeFilm();
    expect(film.clip).toMatchObject({ status: 'UNKNOWN', operationName: 'operations/1' });
    expect(film.clip?.errorMessage).toMatch(/took it as operation operations\/1; settle it/);
    expect(film.clip?.errorMessage).toMatch(NOT_STORED);
    expect(film).toMatchObject({ reserved: 0, unknown: 400_000 });
    expect(provider().purchases).toHaveLength(1);
  });

  test('of a poll counts as one, and the clip is not asked about without end', { tags: 'long' }, async () => {
    await refuseRows('video_clips', 'UPDATE', 'NEW.result_uri IS NOT NULL');
    const film = await makeFilm();
    expect(film.clip).toMatchObject({ status: 'TIMED_OUT', pollCount: 40 });
    const warnings = await platform.db.auditLog.findMany({
      where: { scopes: { has: scopeOf('PipelineRun', film.run.id) }, level: 'WARNING' },
    });
    expect(warnings[0]?.message).toMatch(NOT_STORED);
    expect(provider().purchases).toHaveLength(1);
  });
});
