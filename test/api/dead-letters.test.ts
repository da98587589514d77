import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { scopeOf } from '../../src/core/scopes.ts';
import { type Seed, seedFilm, seedWorkspace } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { mutate } from './support/mutate.ts';
import { seedLetter } from './support/seed-letter.ts';

let film: Seed;
const api = useTestApi();
beforeAll(async () => {
  const foreign = await seedFilm(api.ctx, { workspaceId: await seedWorkspace(api.db) });
  await seedLetter(api.db, foreign.runId, { key: 'foreign' });
});
beforeEach(async () => {
  await api.db.deadLetter.deleteMany({ where: { key: { not: 'foreign' } } });
  film = await seedFilm(api.ctx);
});

type Page = {
  totalCount: number;
  edges: { node: { key: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
};

const PAGE = 'totalCount edges { node { key } } pageInfo { hasNextPage endCursor }';

const page = async (args: object): Promise<Page> =>
  (
    await api.ask<{ deadLetters: Page }>(
      `query ($filter: DeadLetterFilter, $first: Int, $after: String) {
        deadLetters(filter: $filter, first: $first, after: $after) { ${PAGE} }
      }`,
      { ...args },
    )
  ).deadLetters;

const keys = ({ edges }: Page) => edges.map(({ node }) => node.key);

/** Letters a, b, c, ..., each a second after the one before. */
async function seedLetters(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const createdAt = new Date(Date.UTC(2026, 0, 1, 0, 0, index));
    await seedLetter(api.db, film.runId, { key: String.fromCodePoint(97 + index), createdAt });
  }
}

describe('the dead letters', () => {
  test('are paged from the newest on, and are mine alone', async () => {
    await seedLetters(5);
    const first = await page({ first: 2 });
    expect([first.totalCount, keys(first), first.pageInfo.hasNextPage]).toEqual([5, ['e', 'd'], true]);
    const second = await page({ first: 2, after: first.pageInfo.endCursor });
    await api.db.deadLetter.deleteMany({ where: { key: 'b' } });
    const third = await page({ first: 2, after: second.pageInfo.endCursor });
    expect([keys(second), keys(third), third.pageInfo.hasNextPage]).toEqual([['c', 'b'], ['a'], false]);
  });

  test('that were replayed are left out unless asked for', async () => {
    await seedLetters(2);
    await api.db.deadLetter.updateMany({ where: { key: 'a' }, data: { replayedAt: new Date() } });
    expect(keys(await page({}))).toEqual(['b']);
    expect(keys(await page({ filter: { includeReplayed: true } }))).toEqual(['b', 'a']);
  });

  test('of one project', async () => {
    await seedLetters(2);
    const other = await seedFilm(api.ctx);
    await seedLetter(api.db, other.runId, { key: 'other' });
    const projectId = encodeGlobalId('Project', other.projectId);
    expect(keys(await page({ filter: { projectId } }))).toEqual(['other']);
  });

  test.each([
    ['deadLetters(filter: { projectId: "garbage" })', ['filter', 'projectId']],
    ['deadLetters(first: 101)', ['first']],
    ['deadLetters(after: "garbage")', ['after']],
  ])('are refused by the name of what is wrong: %s', async (field, path) => {
    const { errors } = await api.send(`{ ${field} { totalCount } }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path }] });
  });

  test('tell all that is known, from their run on', async () => {
    const letter = await seedLetter(api.db, film.runId);
    const id = encodeGlobalId('PipelineRun', film.runId);
    const { pipelineRun } = await api.ask<{ pipelineRun: unknown }>(
      `query ($id: ID!) {
        pipelineRun(id: $id) {
          deadLetters(first: 1) {
            edges { node { id step key input attempts errorCode errorMessage createdAt replayedAt run { id } } }
          }
        }
      }`,
      { id },
    );
    const node = {
      id: encodeGlobalId('DeadLetter', letter.id),
      step: 'keyframe',
      key: 'keyframe:1:START',
      input: { position: 'START' },
      attempts: 6,
      errorCode: 'PROVIDER_FAILED',
      errorMessage: 'The provider is away.',
      createdAt: letter.createdAt.toISOString(),
      replayedAt: null,
      run: { id },
    };
    expect(pipelineRun).toEqual({ deadLetters: { edges: [{ node }] } });
  });
});

/** A run that failed at the first frame of its second scene. */
async function seedFailure() {
  const [, sceneId = ''] = film.sceneIds;
  await api.db.videoClip.deleteMany({ where: { sceneId } });
  await api.db.keyframe.deleteMany({ where: { sceneId } });
  await api.db.scene.update({ where: { id: sceneId }, data: { status: 'FAILED' } });
  const error = { errorMessage: 'Scene 2 has no keyframes.' };
  await api.db.project.update({ where: { id: film.projectId }, data: { status: 'FAILED', ...error } });
  await api.db.pipelineRun.update({
    where: { id: film.runId },
    data: { status: 'FAILED', errorStage: 'KEYFRAMES', errorCode: 'PROVIDER_FAILED', ...error },
  });
  const letter = await seedLetter(api.db, film.runId, { input: { sceneId, position: 'START' } });
  return { sceneId, deadLetterId: encodeGlobalId('DeadLetter', letter.id), letter };
}

const sceneStatus = async (id: string) => (await api.db.scene.findUniqueOrThrow({ where: { id } })).status;

describe('a dead letter that is replayed', () => {
  test('goes back to work in a new run, once, and the log tells', async () => {
    const { sceneId, deadLetterId, letter } = await seedFailure();
    const { run } = await mutate(api, 'replayDeadLetter', { deadLetterId });
    expect(run).toMatchObject({ status: 'QUEUED' });
    expect(await sceneStatus(sceneId)).toBe('PENDING');
    expect(
      (await api.db.deadLetter.findUniqueOrThrow({ where: { id: letter.id } })).replayedAt,
    ).toBeInstanceOf(Date);
    expect(keys(await page({}))).toEqual([]);
    const events = await api.db.auditLog.findMany({
      where: { scopes: { has: scopeOf('Project', film.projectId) } },
      orderBy: { sequence: 'asc' },
    });
    expect(events.map(({ message }) => message)).toEqual(
      expect.arrayContaining(['Launched (film, attempt 2).', 'Scene 2 is PENDING: picked up']),
    );

    const entries = await api.db.auditLog.count();
    expect(await mutate(api, 'replayDeadLetter', { deadLetterId })).toMatchObject({
      __typename: 'ConflictError',
      code: 'ALREADY_REPLAYED',
      path: ['deadLetterId'],
    });
    expect(await api.db.auditLog.count()).toBe(entries);
  });

  test('by two at once goes back once', async () => {
    const { deadLetterId } = await seedFailure();
    const answers = await Promise.all([1, 2].map(() => mutate(api, 'replayDeadLetter', { deadLetterId })));
    const named = answers.map(({ __typename, code }) => code ?? __typename);
    expect(named.toSorted()).toEqual(['ALREADY_REPLAYED', 'ReplayDeadLetterPayload']);
  });

  test('goes back to its live run where there is one', async () => {
    const { sceneId, deadLetterId } = await seedFailure();
    await api.db.pipelineRun.update({
      where: { id: film.runId },
      data: { status: 'RUNNING', stage: 'KEYFRAMES', completedAt: null },
    });
    await api.db.project.update({ where: { id: film.projectId }, data: { status: 'KEYFRAMING' } });
    const { run } = await mutate(api, 'replayDeadLetter', { deadLetterId });
    expect(run).toMatchObject({ id: encodeGlobalId('PipelineRun', film.runId), status: 'RUNNING' });
    expect(await sceneStatus(sceneId)).toBe('PENDING');
  });
});
