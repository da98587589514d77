/** What reference images can be used for: by whom, how many, and what a person is told who asks for more. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeGlobalId, encodeGlobalId } from '../../src/core/ids.ts';
import { loadConfig } from '../../src/platform/config.ts';
import { googleSettings } from '../../src/providers/google/google-settings.ts';
import { googleProvider } from '../../src/providers/google/index.ts';
import { providers } from '../../src/providers/registry.ts';
import { addReferences } from '../support/referenced-film.ts';
import { seedWorkspace } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { pngOf } from '../support/pictures.ts';
import { mutate } from './support/mutate.ts';
import { upload } from './support/upload.ts';

/** Veo; nothing here calls it. */
const VERTEX = {
  GOOGLE_GENAI_USE_VERTEXAI: 'true',
  GOOGLE_CLOUD_PROJECT: 'films',
  VIDPIPE_GOOGLE_VIDEO_MODEL: 'veo-3.1-generate-001',
};

beforeAll(() => {
  const settings = googleSettings(loadConfig(VERTEX));
  if (!settings) throw new Error('Google is not configured.');
  providers.GOOGLE = googleProvider(settings);
});
const api = useTestApi();
afterAll(() => {
  delete providers.GOOGLE;
});

const PROMPT = 'A baker opens her shop.';
type Project = { project: { id: string; clipsFrom: string } };

const create = (input: object) =>
  mutate<Project>(api, 'createProject', { prompt: PROMPT, ...input }, 'project { id clipsFrom }');
const upgrade = (projectId: string, input: object) =>
  mutate<Project>(api, 'upgradeProject', { projectId, ...input }, 'project { id clipsFrom }');
const launch = (projectId: string, input: object = {}) =>
  mutate(api, 'launchRun', { projectId, stopAfter: 'STORYBOARD', ...input });

/** A project with so many reference images. */
async function projectWith(count: number, input: object): Promise<string> {
  const { project } = await create(input);
  if (!project) throw new Error('It was refused.');
  await addReferences(api.ctx, decodeGlobalId(project.id)?.id ?? '', count);
  return project.id;
}

const FROM_REFERENCES = { provider: 'GOOGLE', clipsFrom: 'REFERENCE_IMAGES' };
const RULE =
  'Google (veo-3.1-generate-001) films from a first and a last frame, or from at most 3 reference images (clips of 8 s), never from both; 4 are too many. Have fewer, or set clipsFrom to KEYFRAMES with upgradeProject: its frames are drawn from up to 13 of them.';

test('what each provider does with them is in the graph', async () => {
  const query = '{ providers { name referenceImages { maxPerFrame maxPerClip clipSeconds } } }';
  expect(await api.ask(query)).toEqual({
    providers: [
      { name: 'ANIMATIC', referenceImages: { maxPerFrame: 0, maxPerClip: 0, clipSeconds: [] } },
      { name: 'GOOGLE', referenceImages: { maxPerFrame: 13, maxPerClip: 3, clipSeconds: [8] } },
    ],
  });
});

describe('clips from reference images', () => {
  test('are refused of who films from frames alone, with who does', async () => {
    expect(await create({ clipsFrom: 'REFERENCE_IMAGES' })).toMatchObject({
      code: 'INVALID_INPUT',
      issues: [
        {
          path: ['clipsFrom'],
          message: expect.stringMatching(
            /films from a first and a last frame alone: leave it KEYFRAMES\. GOOGLE \(veo-3\.1-generate-001\) films from reference images\.$/,
          ),
        },
      ],
    });
  });

  test('are not launched or planned without one, and the way out is told', async () => {
    const projectId = await projectWith(0, FROM_REFERENCES);
    const refusal = {
      code: 'INVALID_INPUT',
      path: ['projectId'],
      message: expect.stringContaining('add one with addReferenceImage'),
    };
    expect(await launch(projectId)).toMatchObject(refusal);
    expect(await mutate(api, 'planRun', { projectId }, 'plan { id }')).toMatchObject(refusal);
  });

  test('of more than the model takes are refused with the rule, already when the fourth is added', async () => {
    const projectId = await projectWith(3, FROM_REFERENCES);
    expect(await upload(api, { projectId, name: 'A fourth' }, pngOf())).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['image'],
      message: expect.stringContaining(RULE),
    });
  });
});

describe('another way to make a project', () => {
  test('takes its reference images along: a preview without them becomes a film with them', async () => {
    const projectId = await projectWith(2, {});
    const query = 'query ($id: ID!) { project(id: $id) { estimate { warnings { code message } } } }';
    expect(await api.ask(query, { id: projectId })).toEqual({
      project: {
        estimate: {
          warnings: [
            {
              code: 'REFERENCE_IMAGES_UNUSED',
              message: expect.stringMatching(/draws without reference images: the 2 of the project/),
            },
          ],
        },
      },
    });
    expect(await upgrade(projectId, FROM_REFERENCES)).toMatchObject({
      project: { id: projectId, clipsFrom: 'REFERENCE_IMAGES' },
    });
  });

  test('is another source of its clips by the same provider; the same one is refused', async () => {
    const projectId = await projectWith(1, FROM_REFERENCES);
    const same = await upgrade(projectId, { provider: 'GOOGLE' });
    expect(same).toMatchObject({ code: 'INVALID_INPUT', path: ['provider'] });
    const changed = await upgrade(projectId, { provider: 'GOOGLE', clipsFrom: 'KEYFRAMES' });
    expect(changed).toMatchObject({ project: { clipsFrom: 'KEYFRAMES' } });
  });

  test('is refused with more reference images than it takes', async () => {
    const projectId = await projectWith(4, {});
    expect(await upgrade(projectId, FROM_REFERENCES)).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['clipsFrom'],
      message: expect.stringContaining(RULE),
    });
  });
});

test('a plan does not hold once a reference image was added or removed, and says so', async () => {
  const projectId = await projectWith(1, FROM_REFERENCES);
  const { plan } = await mutate<{ plan: { id: string; digest: string } }>(
    api,
    'planRun',
    { projectId },
    'plan { id digest }',
  );
  await upload(api, { projectId, name: 'A second' }, pngOf());
  expect(await launch(projectId, { plan: { planId: plan?.id, digest: plan?.digest } })).toMatchObject({
    code: 'PLAN_STALE',
    message: expect.stringContaining('the reference images'),
  });
});

test("somebody else's reference image is not there", async () => {
  const projectId = await projectWith(1, {});
  const [reference] = await api.db.referenceImage.findMany({
    where: { projectId: decodeGlobalId(projectId)?.id ?? '' },
  });
  const workspaceId = await seedWorkspace(api.db);
  await api.db.project.update({ where: { id: reference?.projectId ?? '' }, data: { workspaceId } });
  const referenceImageId = encodeGlobalId('ReferenceImage', reference?.id ?? '');
  const removed = await mutate(api, 'removeReferenceImage', { referenceImageId }, 'removedReferenceImageId');
  expect(removed).toMatchObject({ code: 'NOT_FOUND', path: ['referenceImageId'] });
  const query = 'query ($id: ID!) { node(id: $id) { id } }';
  expect(await api.ask(query, { id: referenceImageId })).toEqual({ node: null });
});
