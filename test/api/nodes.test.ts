import { beforeAll, expect, test } from 'vitest';
import { encodeGlobalId, newId, type NodeType } from '../../src/core/ids.ts';
import { type Seed, seedFilm, seedWorkspace } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { seedLetter } from './support/seed-letter.ts';

let own: Seed;
let foreign: Seed;
let stranger: string;
const api = useTestApi();
beforeAll(async () => {
  own = await seedFilm(api.ctx);
  stranger = await seedWorkspace(api.db);
  foreign = await seedFilm(api.ctx, { workspaceId: stranger });
});

/** One id of each type of node that a film has. */
async function idsOf({ projectId, sceneIds, runId, videoId }: Seed, workspaceId: string): Promise<string[]> {
  const [sceneId = ''] = sceneIds;
  const keyframe = await api.db.keyframe.findFirstOrThrow({ where: { sceneId } });
  const clip = await api.db.videoClip.findFirstOrThrow({ where: { sceneId } });
  const letter = await seedLetter(api.db, runId);
  const plan = await api.db.runPlan.create({
    data: { id: newId(), workspaceId, projectId, digest: '', facts: {}, expiresAt: new Date() },
  });
  const ids: [NodeType, string][] = [
    ['Workspace', workspaceId],
    ['Project', projectId],
    ['Scene', sceneId],
    ['Keyframe', keyframe.id],
    ['VideoClip', clip.id],
    ['PipelineRun', runId],
    ['RunPlan', plan.id],
    ['DeadLetter', letter.id],
    ['Video', videoId],
  ];
  return ids.map(([type, id]) => encodeGlobalId(type, id));
}

const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }';
type Nodes = { nodes: ({ id: string; __typename: string } | null)[] };

test('every type is found by its id, in the order asked for', async () => {
  const ids = await idsOf(own, api.ctx.actor.workspaceId);
  const { nodes } = await api.ask<Nodes>(NODES, { ids });
  expect(nodes.map((node) => node?.id)).toEqual(ids);
});

test("what is missing or somebody else's is null, beside what is there", async () => {
  const ids = await idsOf(foreign, stranger);
  const missing = encodeGlobalId('Scene', newId());
  const mine = encodeGlobalId('Project', own.projectId);
  const { nodes } = await api.ask<Nodes>(NODES, { ids: [...ids, missing, mine] });
  expect(nodes).toEqual([...ids.map(() => null), null, { id: mine, __typename: 'Project' }]);
});

test('the queries by id answer null for what is somebody else’s', async () => {
  const answer = await api.ask(
    `query ($project: ID!, $scene: ID!, $run: ID!, $video: ID!) {
      project(id: $project) { id } scene(id: $scene) { id } pipelineRun(id: $run) { id } video(id: $video) { id }
      node(id: $project) { id }
    }`,
    {
      project: encodeGlobalId('Project', foreign.projectId),
      scene: encodeGlobalId('Scene', foreign.sceneIds[0] ?? ''),
      run: encodeGlobalId('PipelineRun', foreign.runId),
      video: encodeGlobalId('Video', foreign.videoId),
    },
  );
  expect(answer).toEqual({ project: null, scene: null, pipelineRun: null, video: null, node: null });
});

test.each([
  ['{ node(id: "garbage") { id } }', ['id']],
  ['{ node(id: "project_0197") { id } }', ['id']],
  ['{ nodes(ids: ["garbage"]) { id } }', ['ids', '0']],
  [`{ project(id: "${encodeGlobalId('Scene', newId())}") { id } }`, ['id']],
  ['{ videos(filter: { projectId: "garbage" }) { totalCount } }', ['filter', 'projectId']],
  ['{ videos(filter: { projectId: "" }) { totalCount } }', ['filter', 'projectId']],
  ['{ pipelineRuns(filter: { projectId: "" }) { totalCount } }', ['filter', 'projectId']],
])('a malformed id, or one of another type, is named: %s', async (query, path) => {
  const { errors } = await api.send(query);
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path }] });
});
