/** A request that is sent again because its answer was lost makes nothing twice. */
import { getNamedType, isInputObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { schema } from '../../src/api/schema.ts';
import { decodeGlobalId, encodeGlobalId } from '../../src/core/ids.ts';
import { openOutbound } from '../../src/platform/outbound/outbound.ts';
import { pngOf } from '../support/pictures.ts';
import { seedFilm } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { mutate } from './support/mutate.ts';
import { upload } from './support/upload.ts';

/** They set what is given, end what is there, or refuse the second time by a code of its own. */
const HARMLESS = [
  'cancelJob',
  'cancelRun',
  'confirmJob',
  'deleteClip',
  'deleteJob',
  'deleteMoment',
  'deleteProject',
  'deleteTranscript',
  'deleteVideo',
  'deleteWebhook',
  'discardMoment',
  'keepMoment',
  'pauseJob',
  'pauseRun',
  'removeReferenceImage',
  'replayDeadLetter',
  'replayWebhook',
  'resumeJob',
  'resumeRun',
  'retryRows',
  'setClipFraming',
  'setJobCostCap',
  'setProjectCostCap',
  'setRunCostCap',
  'setWorkspaceCostCaps',
  'settleUnknownCall',
  'settleUnknownVideoClip',
  'skipRows',
  'trimMoment',
  'updateMoment',
  'updateProject',
  'updateRow',
  'updateTranscriptWords',
  'updateWebhook',
  'upgradeProject',
];

const api = useTestApi({ outbound: openOutbound({ networks: '127.0.0.1/32' }) });

const bare = (id = '') => decodeGlobalId(id)?.id ?? '';
const create = (input: object) =>
  mutate<{ project: { id: string } }>(api, 'createProject', input, 'project { id }');

test.each(['k', 'k'.repeat(200)])(
  'an idempotency key may be as short or as long as this: %s',
  async (key) => {
    expect(await create({ prompt: 'A cat.', idempotencyKey: key })).toHaveProperty('project.id');
  },
);

test.each([
  ['nothing', ''],
  ['201 characters', 'k'.repeat(201)],
  ['a control character', 'a\tkey'],
])('an idempotency key of %s is refused', async (_what, key) => {
  expect(await create({ prompt: 'A cat.', idempotencyKey: key })).toMatchObject({
    code: 'INVALID_INPUT',
    path: ['idempotencyKey'],
  });
});

describe('with the same idempotency key', () => {
  test('a project is made once, also by two requests at once', async () => {
    const input = { prompt: 'A lighthouse.', idempotencyKey: 'a-project' };
    const [first, second] = await Promise.all([create(input), create(input)]);
    expect(second.project).toEqual(first.project);
    expect(await api.db.project.count({ where: { prompt: 'A lighthouse.' } })).toBe(1);
  });

  test('another request is refused, and so is one of another kind', async () => {
    await create({ prompt: 'A cat.', idempotencyKey: 'cat' });
    const conflict = { code: 'IDEMPOTENCY_CONFLICT', path: ['idempotencyKey'] };
    expect(await create({ prompt: 'A dog.', idempotencyKey: 'cat' })).toMatchObject(conflict);
    expect(await mutate(api, 'generateFilm', { prompt: 'A cat.', idempotencyKey: 'cat' }, '')).toMatchObject(
      conflict,
    );
    await mutate(api, 'generateFilm', { prompt: 'A film.', idempotencyKey: 'film' }, '');
    expect(await create({ prompt: 'A film.', idempotencyKey: 'film' })).toMatchObject(conflict);
  });

  test('what was made and is gone is not made anew', async () => {
    const input = { prompt: 'A ghost.', idempotencyKey: 'ghost' };
    const { project } = await create(input);
    await mutate(api, 'deleteProject', { projectId: project?.id }, '');
    expect(await create(input)).toMatchObject({ code: 'NOT_FOUND', path: ['idempotencyKey'] });
  });

  test('a webhook is made once, and its secret told once', async () => {
    const input = {
      url: 'http://127.0.0.1:9/hook',
      document: '{ __typename }',
      idempotencyKey: 'a-webhook',
    };
    const ask = () =>
      mutate<{ webhook: { id: string }; secret: string | null }>(
        api,
        'createWebhook',
        input,
        'webhook { id } secret',
      );
    const first = await ask();
    expect(first.secret).toMatch(/^whsec_/);
    expect(await ask()).toEqual({ ...first, secret: null });
    expect(await api.db.webhook.count()).toBe(1);
  });

  test('a secret is replaced once and told once, also by two requests at once', async () => {
    const { webhook } = await mutate<{ webhook: { id: string } }>(
      api,
      'createWebhook',
      { url: 'http://127.0.0.1:9/turned', document: '{ __typename }' },
      'webhook { id }',
    );
    const rotate = (input: object) =>
      mutate<{ webhook: { id: string }; secret: string | null }>(
        api,
        'rotateWebhookSecret',
        { webhookId: webhook?.id, ...input },
        'webhook { id } secret',
      );
    const keyed = { idempotencyKey: 'a-rotation' };
    const answers = await Promise.all([rotate(keyed), rotate(keyed)]);
    expect(answers.map(({ secret }) => secret).filter(Boolean)).toEqual([expect.stringMatching(/^whsec_/)]);
    expect(answers.map((answer) => answer.webhook)).toEqual([webhook, webhook]);
    expect(await api.db.webhookSecret.count({ where: { webhookId: bare(webhook?.id) } })).toBe(2);
    expect(await rotate({ ...keyed, oldSecretHours: 0 })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    await rotate({ oldSecretHours: 0 });
    await rotate({ oldSecretHours: 0 });
    expect(await rotate(keyed)).toMatchObject({ code: 'NOT_FOUND', path: ['idempotencyKey'] });
  });

  test('a run is planned once, and the plan is found again when its run was launched', async () => {
    const { project } = await create({ prompt: 'A planned film.' });
    const projectId = project?.id;
    const plan = () =>
      mutate<{ plan: { id: string; digest: string } }>(
        api,
        'planRun',
        { projectId, idempotencyKey: 'a-plan' },
        'plan { id digest } estimate { isFree }',
      );
    const [first, second] = await Promise.all([plan(), plan()]);
    expect(first.plan).toBeTruthy();
    expect(second).toEqual(first);
    expect(await api.db.runPlan.count({ where: { projectId: bare(projectId) } })).toBe(1);
    const confirmed = { planId: first.plan?.id, digest: first.plan?.digest };
    expect((await mutate(api, 'launchRun', { projectId, plan: confirmed })).run).toBeTruthy();
    expect(await plan()).toEqual(first);
  });

  test('a reference image is added once, under whatever name it has', async () => {
    const { project } = await create({ prompt: 'Mara bakes.' });
    const picture = pngOf();
    const input = { projectId: project?.id ?? '', name: 'Mara', idempotencyKey: 'mara' };
    const first = await upload(api, input, picture);
    expect(await upload(api, input, picture)).toEqual(first);
    expect(await upload(api, { ...input, name: 'Jon' }, picture)).toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
  });

  test.each(['retryScene', 'resumeProject'])(
    '%s launches one run, also when that has ended',
    async (name) => {
      const { projectId, sceneIds } = await seedFilm(api.ctx);
      await api.db.project.update({ where: { id: projectId }, data: { status: 'FAILED' } });
      const which =
        name === 'retryScene'
          ? { sceneId: encodeGlobalId('Scene', sceneIds[1] ?? '') }
          : { projectId: encodeGlobalId('Project', projectId) };
      const input = { ...which, idempotencyKey: name };
      const first = await mutate(api, name, input, 'run { id }');
      expect(first.run).toBeTruthy();
      await mutate(api, 'cancelRun', { runId: first.run?.id }, '');
      expect(await mutate(api, name, input, 'run { id }')).toEqual(first);
      const where = { projectId, id: { not: bare(first.run?.id) }, createdAt: { gt: new Date(0) } };
      expect(await api.db.pipelineRun.count({ where })).toBe(1);
    },
  );
});

test('every mutation takes a key but those that come to the same when they are sent twice', () => {
  const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
  const keyless = fields.filter(({ args }) => {
    const type = getNamedType(args.find(({ name }) => name === 'input')?.type);
    return !isInputObjectType(type) || !('idempotencyKey' in type.getFields());
  });
  expect(keyless.map(({ name }) => name).toSorted()).toEqual(HARMLESS);
});
