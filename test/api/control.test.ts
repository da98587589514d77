import type { Client } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeGlobalId, encodeGlobalId } from '../../src/core/ids.ts';
import { scopeOf, scopesOf } from '../../src/core/scopes.ts';
import { seedFilm, seedProject } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { useCopiedFilms } from '../support/use-copied-films.ts';
import { videoClipBecomes, followRun } from './support/follow-run.ts';
import { mutate } from './support/mutate.ts';

const FILM_MILLISECONDS = 180_000;

let client: Client;
useCopiedFilms();
const api = useTestApi({ workers: 2 });
beforeAll(() => {
  client = api.connect();
});
afterAll(() => client.dispose());

const bare = (id: string) => decodeGlobalId(id)?.id ?? '';

/** Launches a film of four scenes; its ids as the API gives them. */
async function launchFilm(): Promise<{ projectId: string; runId: string }> {
  const input = {
    prompt: 'A lighthouse. A storm. A ship. The morning.',
    targetClipDuration: 1,
    targetDuration: 4,
  };
  const { project, run } = await mutate<{ project: { id: string } }>(
    api,
    'generateFilm',
    input,
    'project { id } run { id }',
  );
  return { projectId: project?.id ?? '', runId: run?.id ?? '' };
}

/** Everything that was made for a project so far, with what is being made. */
async function made(projectId: string) {
  const scene = { projectId: bare(projectId) };
  return {
    keyframes: await api.db.keyframe.findMany({ where: { scene }, orderBy: { id: 'asc' } }),
    clips: await api.db.videoClip.findMany({ where: { scene }, orderBy: { id: 'asc' } }),
    scenes: await api.db.scene.findMany({ where: scene, orderBy: { sceneIndex: 'asc' } }),
  };
}

/** Jobs of a run that somebody works on or will. */
async function liveJobs(runId: string): Promise<number> {
  const sql = "SELECT 1 FROM pgboss.job WHERE state < 'completed' AND data->>'runId' = $1";
  return (await api.database.pool.query(sql, [bare(runId)])).rows.length;
}

const entriesOf = (runId: string) =>
  api.db.auditLog.count({ where: { scopes: { has: scopeOf('PipelineRun', bare(runId)) } } });

describe('a run that is paused in the middle of its film', { timeout: FILM_MILLISECONDS }, () => {
  let film: { projectId: string; runId: string };
  let before: Awaited<ReturnType<typeof made>>;

  test('stands still: nothing is being made, and what is finished stays', async () => {
    film = await launchFilm();
    await videoClipBecomes(client, film.projectId, 'COMPLETE');
    expect(await mutate(api, 'pauseRun', { runId: film.runId })).toMatchObject({ run: { status: 'PAUSED' } });
    before = await made(film.projectId);
    expect(before.scenes.filter(({ status }) => status.endsWith('_GENERATING'))).toEqual([]);
    expect(before.clips.filter(({ status }) => status === 'COMPLETE').length).toBeGreaterThan(0);
    expect(before.clips.filter(({ status }) => status === 'COMPLETE').length).toBeLessThan(4);
    await expect.poll(() => liveJobs(film.runId)).toBe(0);
    expect(await made(film.projectId)).toEqual(before);
    const { project } = await api.ask<{ project: { status: string } }>(
      'query ($id: ID!) { project(id: $id) { status } }',
      { id: film.projectId },
    );
    expect(project.status).toBe('PAUSED');
  });

  test('paused again, changes nothing', async () => {
    const run = await api.db.pipelineRun.findUniqueOrThrow({ where: { id: bare(film.runId) } });
    const entries = await entriesOf(film.runId);
    expect(await mutate(api, 'pauseRun', { runId: film.runId })).toMatchObject({
      run: { status: 'PAUSED', version: run.version },
    });
    expect(await entriesOf(film.runId)).toBe(entries);
  });

  test('takes no second run', async () => {
    const refusal = { __typename: 'ConflictError', code: 'RUN_IN_PROGRESS' };
    expect(await mutate(api, 'launchRun', { projectId: film.projectId })).toMatchObject(refusal);
  });

  test('resumed, makes the rest and nothing twice', async () => {
    expect(await mutate(api, 'resumeRun', { runId: film.runId })).toMatchObject({ run: { id: film.runId } });
    const heard = await followRun(client, film.runId);
    expect(heard.at(-1)).toMatchObject({ status: 'COMPLETED', percent: 100 });

    const after = await made(film.projectId);
    const finished = before.clips.filter(({ status }) => status === 'COMPLETE');
    expect(after.keyframes).toEqual(expect.arrayContaining(before.keyframes));
    expect(after.keyframes).toHaveLength(8);
    expect(after.clips).toEqual(expect.arrayContaining(finished));
    expect(after.clips.map(({ status }) => status)).toEqual(Array(4).fill('COMPLETE'));
    expect(await api.db.video.count({ where: { projectId: bare(film.projectId) } })).toBe(1);
  });

  test('has both in its log', async () => {
    const { pipelineRun } = await api.ask<{
      pipelineRun: { events: { edges: { node: { message: string } }[] } };
    }>('query ($id: ID!) { pipelineRun(id: $id) { events(first: 100) { edges { node { message } } } } }', {
      id: film.runId,
    });
    const messages = pipelineRun.events.edges.map(({ node }) => node.message);
    expect(messages.filter((message) => message === 'Paused.' || message === 'Resumed.')).toEqual([
      'Paused.',
      'Resumed.',
    ]);
  });

  test.each(['pauseRun', 'resumeRun'])('has ended then, and refuses %s', async (name) => {
    expect(await mutate(api, name, { runId: film.runId })).toMatchObject({
      __typename: 'ConflictError',
      code: 'RUN_ENDED',
      path: ['runId'],
    });
  });

  test('leaves a complete project, which has nothing to resume', async () => {
    expect(await mutate(api, 'resumeProject', { projectId: film.projectId })).toMatchObject({
      __typename: 'ConflictError',
      code: 'ALREADY_COMPLETE',
      path: ['projectId'],
    });
  });
});

describe('a run that is paused before it did anything', () => {
  test('is resumed with its project, by two at once: it is one run', async () => {
    const { projectId, runId } = await launchFilm();
    await mutate(api, 'pauseRun', { runId });
    const answers = await Promise.all([1, 2].map(() => mutate(api, 'resumeProject', { projectId })));
    // Who comes second finds the run paused, or already at work.
    const isAtWork = { __typename: 'ConflictError', code: 'RUN_IN_PROGRESS' };
    const either = [
      expect.objectContaining({ run: expect.objectContaining({ id: runId }) }),
      expect.objectContaining(isAtWork),
    ];
    expect(answers).toContainEqual(either[0]);
    for (const answer of answers) expect(either).toContainEqual(answer);
    expect(await api.db.pipelineRun.count({ where: { projectId: bare(projectId) } })).toBe(1);
    expect(await mutate(api, 'cancelRun', { runId })).toMatchObject({ run: { status: 'CANCELLED' } });
  });

  test('can be cancelled', async () => {
    const { runId } = await launchFilm();
    await mutate(api, 'pauseRun', { runId });
    expect(await mutate(api, 'cancelRun', { runId })).toMatchObject({ run: { status: 'CANCELLED' } });
    expect((await followRun(client, runId)).at(-1)).toMatchObject({
      status: 'CANCELLED',
      message: 'Cancelled.',
    });
  });
});

test('a run that is at work is resumed without effect', async () => {
  const { runId } = await launchFilm();
  const { run } = await mutate(api, 'resumeRun', { runId });
  expect(run?.status).toMatch(/QUEUED|RUNNING/);
  const resumed = { scopes: { has: scopeOf('PipelineRun', bare(runId)) }, message: 'Resumed.' };
  expect(await api.db.auditLog.count({ where: resumed })).toBe(0);
  await mutate(api, 'cancelRun', { runId });
});

test.each(['launchRun', 'resumeProject'])('of two %s at once exactly one wins', async (name) => {
  const id = await seedProject(api.db);
  const projectId = encodeGlobalId('Project', id);
  const answers = await Promise.all([1, 2].map(() => mutate(api, name, { projectId })));
  const runs = answers.flatMap(({ run }) => run ?? []);
  expect(runs).toHaveLength(1);
  expect(answers).toContainEqual(
    expect.objectContaining({ __typename: 'ConflictError', code: 'RUN_IN_PROGRESS' }),
  );
  expect(await api.db.pipelineRun.count({ where: { projectId: id } })).toBe(1);
  await mutate(api, 'cancelRun', { runId: runs[0]?.id });
});

test('a project that stopped short of its film is resumed to its end, cut as it was asked', async () => {
  const { projectId, runId } = await seedFilm(api.ctx);
  await api.db.pipelineRun.update({
    where: { id: runId },
    data: { stopAfter: 'CLIPS', options: { crossfadeSeconds: 1 } },
  });
  await api.db.project.update({ where: { id: projectId }, data: { status: 'PAUSED' } });
  const { run } = await mutate(
    api,
    'resumeProject',
    { projectId: encodeGlobalId('Project', projectId) },
    'run { id stopAfter crossfadeSeconds attempt }',
  );
  expect(run).toMatchObject({ stopAfter: null, crossfadeSeconds: 1, attempt: 2 });
  const of = { Project: projectId, PipelineRun: bare(run?.id ?? '') };
  const launched = { scopes: { hasEvery: scopesOf(of) }, message: 'Launched (film, attempt 2).' };
  expect(await api.db.auditLog.count({ where: launched })).toBe(1);
  await mutate(api, 'cancelRun', { runId: run?.id });
});
