/** Whoever gives words is told at once which of them nobody will hear. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { providers } from '../../src/providers/registry.ts';
import { changed } from '../support/changed.ts';
import { paidProvider } from '../support/paid-provider/adapter.ts';
import { seedFilm } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { mutate } from './support/mutate.ts';

const api = useTestApi();
beforeAll(() => {
  const google = paidProvider('http://127.0.0.1:1');
  providers.GOOGLE = { ...changed(google, { CLIP: { narration: true } }), name: 'GOOGLE' };
});
afterAll(() => {
  delete providers.GOOGLE;
});

type Warnings = { warnings: { code: string; message: string }[] };
const WARNINGS = 'warnings { code message }';

const FOREIGN = 'the narration is not spoken: it is in a language or script that the voice does not speak.';
const TWO_OF_THREE = 'Лиса просыпается в снегу. Она переходит реку. A fox.';
const TOLD = [{ code: 'NARRATION_NOT_SPOKEN', message: `Scenes 1, 2: ${FOREIGN}` }];

const estimate = async (input: object): Promise<Warnings> => {
  const query = `query ($input: GenerateFilmInput!) {
    result: estimateFilm(input: $input) { ... on FilmEstimate { ${WARNINGS} } }
  }`;
  return (await api.ask<{ result: Warnings }>(query, { input })).result;
};

test('the answer to a prompt says what of it is not spoken, and so do estimates before it', async () => {
  const input = { prompt: TWO_OF_THREE };
  expect((await estimate(input)).warnings).toEqual(TOLD);
  const made = await mutate<Warnings>(api, 'generateFilm', { ...input, stopAfter: 'STORYBOARD' }, WARNINGS);
  expect(made.warnings).toEqual(TOLD);
  const { project } = await mutate<{ project: { estimate: Warnings } }>(
    api,
    'createProject',
    input,
    `project { estimate { ${WARNINGS} } }`,
  );
  expect(project?.estimate.warnings).toEqual(TOLD);
});

test('a long prompt is read beside the event loop to the same end', async () => {
  const prompt = 'Лиса просыпается в снегу. '.repeat(100);
  expect((await estimate({ prompt, targetDuration: 8 })).warnings).toEqual(TOLD);
});

test('of what a model will write nobody knows: nothing is said', async () => {
  expect((await estimate({ prompt: TWO_OF_THREE, provider: 'GOOGLE' })).warnings).toEqual([]);
});

test('the answer to other words says it, the row has both, and an event tells it; another voice speaks them', async () => {
  const { projectId, sceneIds } = await seedFilm(api.ctx);
  const [id = ''] = sceneIds;
  const sceneId = encodeGlobalId('Scene', id);
  const narration = 'Лиса просыпается в снегу.';
  const retried = await mutate<Warnings>(
    api,
    'retryScene',
    { sceneId, narration },
    `run { id status version } ${WARNINGS}`,
  );
  expect(retried.warnings).toEqual([{ code: 'NARRATION_NOT_SPOKEN', message: `Scene 1: ${FOREIGN}` }]);
  const asked = await api.ask<{ scene: object }>(
    `query ($id: ID!) { scene(id: $id) { narration spokenNarration retryEstimate { ${WARNINGS} } } }`,
    { id: sceneId },
  );
  expect(asked.scene).toEqual({
    narration,
    spokenNarration: '',
    retryEstimate: { warnings: retried.warnings },
  });
  const events = await api.db.auditLog.findMany({ where: { subjectId: id, level: 'WARNING' } });
  expect(events).toMatchObject([{ message: `Scene 1: ${FOREIGN}`, details: { why: ['LANGUAGE'] } }]);

  await mutate(api, 'cancelRun', { runId: retried.run?.id });
  const upgraded = await mutate<{ project: { scenes: object[]; estimate: Warnings } }>(
    api,
    'upgradeProject',
    { projectId: encodeGlobalId('Project', projectId), provider: 'GOOGLE' },
    `project { scenes { narration spokenNarration } estimate { ${WARNINGS} } }`,
  );
  expect(upgraded.project?.scenes[0]).toEqual({ narration, spokenNarration: null });
  expect(upgraded.project?.estimate.warnings).toEqual([]);
});
