import { describe, expect, test } from 'vitest';
import { encodeGlobalId, newId, type NodeType } from '../../src/core/ids.ts';
import { MAX_PROMPT_LENGTH } from '../../src/features/projects/project-input.ts';
import { seedFilm, seedProject, seedWorkspace } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { seedLetter } from './support/seed-letter.ts';
import { mutate as mutateOn } from './support/mutate.ts';

const api = useTestApi();

/** They launch nothing. */
const WITHOUT_RUN = ['createProject', 'deleteProject', 'upgradeProject', 'planRun'];

/** Sends a mutation. */
const mutate = (name: string, input: object) =>
  mutateOn(api, name, input, WITHOUT_RUN.includes(name) ? '' : undefined);

const project = (id: string) => encodeGlobalId('Project', id);
const counts = async () => [
  await api.db.project.count(),
  await api.db.pipelineRun.count(),
  await api.db.auditLog.count(),
];

describe.each(['createProject', 'generateFilm'])('%s', (name) => {
  test.each([
    ['an empty prompt', { prompt: '  ' }, [['prompt']]],
    ['a prompt of 100,000 characters', { prompt: 'x'.repeat(100_000) }, [['prompt']]],
    ['control characters', { prompt: 'a\u0007b' }, [['prompt']]],
    ['an unknown style', { prompt: 'a', style: 'baroque' }, [['style']]],
    ['aspect ratio 4:3', { prompt: 'a', aspectRatio: '4:3' }, [['aspectRatio']]],
    ['clip duration 0', { prompt: 'a', targetClipDuration: 0 }, [['targetClipDuration']]],
    ['more than 15 scenes', { prompt: 'a', targetClipDuration: 1, targetDuration: 16 }, [['targetDuration']]],
    [
      'several at once',
      { prompt: '', style: 'x', aspectRatio: 'y' },
      [['prompt'], ['style'], ['aspectRatio']],
    ],
  ])('refuses %s by the field, and writes nothing', async (_what, input, paths) => {
    const before = await counts();
    const result = await mutate(name, input);
    expect(result).toMatchObject({ __typename: 'InvalidInputError', code: 'INVALID_INPUT', path: paths[0] });
    expect(result.issues?.map(({ path }) => path)).toEqual(paths);
    expect(await counts()).toEqual(before);
  });

  test.each([
    ['right-to-left text', 'سفينة في العاصفة. ثم الهدوء.'],
    ['emoji', 'A 🐈‍⬛ meets a 🐕. 👩‍👩‍👧 laugh.'],
    ['the longest prompt', 'x'.repeat(MAX_PROMPT_LENGTH)],
  ])('takes %s', async (_what, prompt) => {
    expect(await mutate(name, { prompt })).not.toHaveProperty('code');
  });
});

describe('a value of the wrong type is refused by the field', () => {
  const query = 'mutation ($any: CreateProjectInput!) { createProject(input: $any) { __typename } }';

  test.each([
    [{ prompt: 'a', targetClipDuration: 3.7 }, ['targetClipDuration']],
    [{ prompt: 'a', provider: 'VEO' }, ['provider']],
    [{ prompt: 5 }, ['prompt']],
    [{ prompt: 'a', style: null }, ['style']],
  ])('as a variable: %o', async (any, path) => {
    const { data, errors } = await api.send(query, { any });
    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path }] });
  });

  test.each([
    ['prompt: "a", targetClipDuration: 3.7', ['targetClipDuration']],
    ['prompt: "a", provider: VEO', ['provider']],
    ['prompt: 5', ['prompt']],
  ])('in the document: %s', async (input, path) => {
    const { errors } = await api.send(`mutation { createProject(input: { ${input} }) { __typename } }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path }] });
  });

  test('as a variable deep in the document', async () => {
    const { errors } = await api.send(
      'query ($status: [RunStatus!]) { pipelineRuns(filter: { status: $status }) { totalCount } }',
      { status: ['QUEUED', 'LOST'] },
    );
    const issues = [{ path: ['filter', 'status', '1'] }];
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', issues });
  });
});

/** One id of each type that belongs to somebody else. */
async function foreignIds(): Promise<Partial<Record<NodeType, string>>> {
  const { projectId, sceneIds, runId } = await seedFilm(api.ctx, {
    workspaceId: await seedWorkspace(api.db),
  });
  const [sceneId = ''] = sceneIds;
  const clip = await api.db.videoClip.findFirstOrThrow({ where: { sceneId } });
  const letter = await seedLetter(api.db, runId);
  return {
    Project: projectId,
    Scene: sceneId,
    VideoClip: clip.id,
    PipelineRun: runId,
    DeadLetter: letter.id,
  };
}

describe.each<[string, string, NodeType, object?]>([
  ['launchRun', 'projectId', 'Project'],
  ['planRun', 'projectId', 'Project'],
  ['stitchFilm', 'projectId', 'Project'],
  ['deleteProject', 'projectId', 'Project'],
  ['cancelRun', 'runId', 'PipelineRun'],
  ['pauseRun', 'runId', 'PipelineRun'],
  ['resumeRun', 'runId', 'PipelineRun'],
  ['resumeProject', 'projectId', 'Project'],
  ['retryScene', 'sceneId', 'Scene'],
  ['settleUnknownVideoClip', 'videoClipId', 'VideoClip', { outcome: 'WAS_CHARGED' }],
  ['upgradeProject', 'projectId', 'Project', { provider: 'ANIMATIC' }],
  ['replayDeadLetter', 'deadLetterId', 'DeadLetter'],
])('%s', (name, field, type, more) => {
  test.each(['0197f3c2', encodeGlobalId('Workspace', newId())])('names a malformed id: %s', async (id) => {
    const result = await mutate(name, { [field]: id, ...more });
    expect(result).toMatchObject({
      __typename: 'InvalidInputError',
      code: 'INVALID_INPUT',
      issues: [{ path: [field] }],
    });
  });

  test('does not find what does not exist, nor what is somebody else’s, and writes nothing', async () => {
    const foreign = (await foreignIds())[type] ?? '';
    const before = await counts();
    for (const id of [newId(), foreign]) {
      expect(await mutate(name, { [field]: encodeGlobalId(type, id), ...more })).toMatchObject({
        __typename: 'NotFoundError',
        code: 'NOT_FOUND',
        path: [field],
      });
    }
    expect(await counts()).toEqual(before);
  });
});

describe('a project', () => {
  test('with a live run takes no second one, and is not deleted', async () => {
    const projectId = project(await seedProject(api.db));
    const first = await mutate('launchRun', { projectId });
    const refusal = { __typename: 'ConflictError', code: 'RUN_IN_PROGRESS' };
    expect(await mutate('launchRun', { projectId })).toMatchObject(refusal);
    expect(await mutate('deleteProject', { projectId })).toMatchObject(refusal);
    await mutate('cancelRun', { runId: first.run?.id });
    expect(await mutate('deleteProject', { projectId })).toMatchObject({
      __typename: 'DeleteProjectPayload',
    });
  });

  test('without clips has nothing to stitch', async () => {
    const projectId = project(await seedProject(api.db));
    const refusal = { __typename: 'ConflictError', code: 'NOTHING_TO_STITCH' };
    expect(await mutate('stitchFilm', { projectId })).toMatchObject(refusal);
  });

  test('that is complete has nothing left to run', async () => {
    const { projectId } = await seedFilm(api.ctx);
    await api.db.project.update({ where: { id: projectId }, data: { status: 'COMPLETE' } });
    const refusal = { __typename: 'ConflictError', code: 'ALREADY_COMPLETE' };
    expect(await mutate('launchRun', { projectId: project(projectId) })).toMatchObject(refusal);
  });

  test('cannot fade for longer than half a clip', async () => {
    const { projectId } = await seedFilm(api.ctx);
    const result = await mutate('stitchFilm', { projectId: project(projectId), crossfadeSeconds: 2.5 });
    expect(result).toMatchObject({
      __typename: 'InvalidInputError',
      issues: [{ path: ['crossfadeSeconds'] }],
    });
  });
});

test('a repeated launch answers with its run; the key means one request alone', async () => {
  const input = { prompt: 'A cat.', idempotencyKey: 'once' };
  const first = await mutate('generateFilm', input);
  expect(await mutate('generateFilm', input)).toEqual(first);
  const other = await mutate('generateFilm', { ...input, prompt: 'A dog.' });
  expect(other).toMatchObject({ __typename: 'ConflictError', code: 'IDEMPOTENCY_CONFLICT' });
});
