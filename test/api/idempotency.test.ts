/** A request that is sent again because its answer was lost makes nothing twice. */
import { describe, expect, test } from 'vitest';
import { decodeGlobalId, encodeGlobalId } from '../../src/core/ids.ts';
import { openOutbound } from '../../src/platform/outbound/outbound.ts';
import { pngOf } from '../support/pictures.ts';
import { seedFilm } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { mutate } from './support/mutate.ts';
import { upload } from './support/upload.ts';

const api = useTestApi({ outbound: openOutbound({ networks: '127.0.0.1/32' }) });

const bare = (id = '') => decodeGlobalId(id)?.id ?? '';
const create = (input: object) =>
  mutate<{ project: { id: string } }>(api, 'createProject', input, 'project { id }');

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
