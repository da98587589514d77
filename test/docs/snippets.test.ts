/** Every operation that README and docs show, sent to a real server: as it is meant, and with something wrong in it. */
import { readFileSync } from 'node:fs';
import { buildSchema, getNamedType, isObjectType, isUnionType, Kind } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graphiqlTabs } from '../../src/api/graphiql/graphiql-tabs.ts';
import { encodeGlobalId, newId, type NodeType } from '../../src/core/ids.ts';
import { book } from '../../src/features/budget/reservation.ts';
import { reserve } from '../../src/features/runs/engine/reserve.ts';
import { loadConfig } from '../../src/platform/config.ts';
import { animatic } from '../../src/providers/animatic/index.ts';
import { configureProviders, installProvider, providers } from '../../src/providers/registry.ts';
import { seedJob } from '../api/support/seed-job.ts';
import { intentOf, meteredProvider, seedRun } from '../support/paid-project.ts';
import { pngOf } from '../support/pictures.ts';
import { seedMoments } from '../support/seed-moments.ts';
import { seedFilm, seedProject } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { filled, operationsOf, type Shown, shownOperations, spoiled } from './support/operations.ts';
import { projectIdOf } from '../../src/features/projects/project-runs.ts';

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
const shown = shownOperations();
const tabs = graphiqlTabs.flatMap(({ query }, index) => operationsOf(`GraphiQL tab ${index + 1}`, query));

/** What a union of results holds beside the failures that are a `UserError`; empty for other fields. */
function payloadsOf(kind: Shown['kind'], field: string): string[] {
  const type = getNamedType(schema.getRootType(kind)?.getFields()[field]?.type);
  if (!isUnionType(type)) return [];
  const isFailure = (name: string) => {
    const member = schema.getType(name);
    return isObjectType(member) && member.getInterfaces().some((one) => one.name === 'UserError');
  };
  const names = type.getTypes().map(({ name }) => name);
  return names.some(isFailure) ? names.filter((name) => !isFailure(name)) : [];
}

const typed = [...shown, ...tabs].filter(({ kind, field }) => payloadsOf(kind, field).length > 0);

test('mutations are among them', () => {
  expect(typed.length).toBeGreaterThan(10);
});

test.each(typed)('$name tells of its result and of what is refused', ({ kind, field, operation }) => {
  for (const selection of operation.selectionSet.selections) {
    const inner = selection.kind === Kind.FIELD ? (selection.selectionSet?.selections ?? []) : [];
    const told = inner.map((one) => one.kind === Kind.INLINE_FRAGMENT && one.typeCondition?.name.value);
    expect(told).toEqual(expect.arrayContaining(['UserError', ...payloadsOf(kind, field)]));
  }
});

describe('sent to a server', () => {
  const api = useTestApi();
  beforeAll(() => {
    configureProviders(loadConfig({ GEMINI_API_KEY: 'nobody-is-called' }));
  });
  afterAll(() => {
    delete providers.GOOGLE;
    installProvider(animatic);
  });

  const idOf = encodeGlobalId;
  const film = () => seedFilm(api.ctx);
  const run = async () => idOf('PipelineRun', (await seedRun(api.ctx)).id);

  async function pausedProject(): Promise<string> {
    const seeded = await seedRun(api.ctx);
    await api.db.pipelineRun.update({ where: { id: seeded.id }, data: { status: 'PAUSED' } });
    return idOf('Project', projectIdOf(seeded));
  }

  async function unknownCall(): Promise<string> {
    installProvider(meteredProvider);
    const of = await seedRun(api.ctx);
    const { reservation } = await api.db.$transaction((tx) => reserve(tx, of, intentOf(newId(), 70)));
    await api.db.$transaction((tx) => book(tx, api.ctx.actor, reservation.operationKey, 'UNKNOWN'));
    installProvider(animatic);
    return reservation.operationKey;
  }

  async function unknownVideoClip(): Promise<string> {
    const { sceneIds, projectId, runId } = await film();
    const [sceneId = ''] = sceneIds;
    const { id } = await api.db.videoClip.findFirstOrThrow({ where: { sceneId, supersededAt: null } });
    const lost = {
      status: 'UNKNOWN',
      localPath: null,
      durationSeconds: null,
      errorMessage: 'Lost.',
    } as const;
    await api.db.videoClip.update({ where: { id }, data: { ...lost, completedAt: new Date() } });
    await api.db.scene.update({ where: { id: sceneId }, data: { status: 'FAILED' } });
    await api.db.project.update({ where: { id: projectId }, data: { errorMessage: 'Without scene 1.' } });
    await api.db.pipelineRun.update({ where: { id: runId }, data: { status: 'PARTIAL' } });
    return idOf('VideoClip', id);
  }

  async function plan() {
    const projectId = idOf('Project', await seedProject(api.db));
    const { planRun } = await api.ask<{ planRun: { plan: { id: string; digest: string } } }>(
      'mutation ($id: ID!) { planRun(input: { projectId: $id }) { ... on PlanRunPayload { plan { id digest } } } }',
      { id: projectId },
    );
    return { project_: projectId, run_plan_: planRun.plan.id, '': planRun.plan.digest };
  }

  async function job() {
    const rows = [{ prompt: `A lamp ${newId()}.` }, { prompt: `A bell ${newId()}.` }];
    const { previewJob } = await api.ask<{ previewJob: { job: { id: string; digest: string } } }>(
      'mutation ($rows: [JSON!]) { previewJob(input: { rows: $rows }) { ... on JobPayload { job { id digest } } } }',
      { rows },
    );
    return { job_: previewJob.job.id, '': previewJob.job.digest };
  }

  async function transcript() {
    const { videoId } = await film();
    const { transcriptId } = await seedMoments(api.db, api.ctx.actor.workspaceId, videoId);
    return { transcript_: idOf('Transcript', transcriptId) };
  }

  async function moment() {
    const { videoId } = await film();
    const { momentId } = await seedMoments(api.db, api.ctx.actor.workspaceId, videoId);
    return { moment_: idOf('Moment', momentId) };
  }

  async function startedJob() {
    const { job_, '': digest } = await job();
    const input = { jobId: job_, digest };
    await api.ask('mutation ($input: ConfirmJobInput!) { confirmJob(input: $input) { __typename } }', {
      input,
    });
    return { job_ };
  }

  type Values = Record<string, string>;

  /** What a reader has who pastes an operation: by its first field, what its placeholders begin with. */
  const READERS: Record<string, () => Promise<Values>> = {
    pauseRun: async () => ({ pipeline_run_: await run() }),
    resumeProject: async () => ({ project_: await pausedProject() }),
    retryScene: async () => ({ scene_: idOf('Scene', (await film()).sceneIds[0] ?? '') }),
    scene: async () => ({ scene_: idOf('Scene', (await film()).sceneIds[0] ?? '') }),
    upgradeProject: async () => ({ project_: idOf('Project', (await film()).projectId) }),
    planRun: async () => ({ project_: idOf('Project', await seedProject(api.db)) }),
    launchRun: plan,
    setRunCostCap: async () => ({ pipeline_run_: await run() }),
    settleUnknownCall: async () => ({ 'keyframe:': await unknownCall() }),
    settleUnknownVideoClip: async () => ({
      video_clip_: await unknownVideoClip(),
      'operations/': 'operations/1',
    }),
    addReferenceImage: async () => ({ project_: idOf('Project', await seedProject(api.db)) }),
    updateProject: async () => ({ project_: idOf('Project', await seedProject(api.db)) }),
    createTranscript: async () => ({ video_: idOf('Video', (await film()).videoId) }),
    runMoments: async () => ({ video_: idOf('Video', (await film()).videoId) }),
    video: async () => ({ video_: idOf('Video', (await film()).videoId) }),
    createMoment: async () => ({ video_: idOf('Video', (await film()).videoId) }),
    updateTranscriptWords: transcript,
    setClipFraming: moment,
    transcript,
    deleteVideo: async () => ({ video_: idOf('Video', (await film()).videoId) }),
    project: async () => ({ project_: idOf('Project', (await film()).projectId) }),
    jobResults: async () => ({
      job_: idOf('Job', await seedJob(api.ctx, { columns: ['title'], rows: [{ cells: ['x'], film: 'x' }] })),
    }),
    confirmJob: job,
    job,
    jobProgress: job,
    skipRows: job,
    updateRow: job,
    retryRows: startedJob,
  };

  /** What a reader sends along, by the variable that stands for it. */
  const FILES: Record<string, File> = {
    image: new File([new Uint8Array(pngOf({}))], 'mara.png'),
    file: new File(['WEBVTT\n\n00:01.000 --> 00:02.000\nHello there.\n'], 'talk.vtt'),
  };

  /** Sends it with what its variables stand for; a file is sent as browsers do. */
  async function send(document: string, { operation }: Shown, project: string) {
    const names = new Set(operation.variableDefinitions?.map(({ variable }) => variable.name.value));
    const form = new FormData();
    const [sent] = Object.entries(FILES).filter(([name]) => names.has(name));
    const variables = { ...(names.has('project') && { project }), ...(sent && { [sent[0]]: null }) };
    form.set('operations', JSON.stringify({ query: document, variables }));
    form.set('map', JSON.stringify(sent ? { 0: [`variables.${sent[0]}`] } : {}));
    if (sent) form.set('0', sent[1]);
    const headers = { 'apollo-require-preflight': 'true' };
    const body = new Response(form);
    const response = await fetch(`${api.api.url}/graphql`, {
      method: 'POST',
      headers: { ...headers, 'content-type': body.headers.get('content-type') ?? '' },
      body: await body.arrayBuffer(),
    });
    return (await response.json()) as { data?: Record<string, Values | null>; errors?: object[] };
  }

  const UNKNOWN = '0197f3c2-0000-7000-8000-000000000000';
  const unknownId = (placeholder: string) =>
    placeholder.replace(/\.\.\..*$/, UNKNOWN).replace(/0197$/, UNKNOWN) as NodeType;

  const asked = shown.filter(({ kind }) => kind !== 'subscription');

  test.each(asked)('$name answers a reader', async (one) => {
    const values = (await READERS[one.field]?.()) ?? {};
    const { projectId } = await film();
    const { data, errors } = await send(filled(one, values), one, idOf('Project', projectId));
    expect(errors).toBeUndefined();
    const answer = data?.[one.field];
    expect(answer).not.toMatchObject({ code: expect.anything() as string });
    expect(answer).not.toEqual({});
    expect(answer).toBeTruthy();
  });

  const refusable = asked.filter(({ kind, field }) => payloadsOf(kind, field).length > 0);

  test.each(refusable)('$name says what is wrong', async (one) => {
    const { data, errors } = await send(spoiled(one, unknownId), one, unknownId('project_...'));
    expect(errors).toBeUndefined();
    expect(data?.[one.field]).toMatchObject({
      code: expect.stringMatching(/^[A-Z_]+$/) as string,
      message: expect.stringMatching(/\S/) as string,
    });
  });

  test.each(shown.filter(({ kind }) => kind === 'subscription'))(
    '$name tells a reader, and says what is wrong',
    async (one) => {
      const { launch } = await api.ask<{ launch: { project: { id: string } } }>(
        'mutation { launch: generateFilm(input: { prompt: "A fox." }) { ... on GenerateFilmPayload { project { id } } } }',
      );
      const client = api.connect();
      const first = (query: string, project: string) =>
        client.iterate({ query, variables: { project } }).next();
      const values = await READERS[one.field]?.();
      const told = await first(filled(one, values ?? {}), launch.project.id);
      expect(told.value?.data?.[one.field]).not.toEqual({});
      expect(told.value?.errors).toBeUndefined();
      const wrong = values ? spoiled(one, unknownId) : filled(one, {});
      expect((await first(wrong, unknownId('project_...'))).value?.errors).toMatchObject([
        { extensions: { code: 'NOT_FOUND' } },
      ]);
      await client.dispose();
    },
  );
});
