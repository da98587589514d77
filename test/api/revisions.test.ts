/** Every take of a scene is kept, says why it does not count any more, and is told of. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from 'graphql-ws';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { type Seed, seedFilm } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { mutate } from './support/mutate.ts';

const api = useTestApi();
let client: Client;
let film: Seed;
let sceneId: string;
beforeAll(async () => {
  client = api.connect();
  film = await seedFilm(api.ctx);
  sceneId = encodeGlobalId('Scene', film.sceneIds[1] ?? '');
});
afterAll(() => client.dispose());

/** Of the project, until there are `count` of them. */
async function hear(count: number, during: () => Promise<unknown>) {
  const heard: Record<string, unknown>[] = [];
  const events = client.iterate<{ event: Record<string, unknown> }>({
    query: `subscription ($id: ID!) { event: projectEvents(projectId: $id) { __typename
      ... on ChangeEvent { message version }
      ... on VideoClipChanged { videoClip { revision supersededBecause } }
      ... on KeyframeChanged { keyframe { revision position supersededBecause } } } }`,
    variables: { id: encodeGlobalId('Project', film.projectId) },
  });
  for await (const { data } of events) {
    const { event } = data ?? {};
    if (event?.['__typename'] === 'SnapshotMarker') void during();
    else if (event && /^(VideoClip|Keyframe)Changed$/.test(String(event['__typename']))) heard.push(event);
    if (heard.length === count) break;
  }
  return heard;
}

const READ = `query ($id: ID!) { scene(id: $id) {
  currentClip { id } clip { id }
  currentStartFrame { position revision } currentEndFrame { id }
  keyframes { position }
  clipRevisions { totalCount edges { node { revision supersededReason replaces { revision } } } }
  ends: keyframeRevisions(position: END) { edges { node {
    revision version supersededAt supersededBecause supersededReason replaces { id } } } }
} }`;

test('a scene that is retried in other words tells of the clip and the frame that count no more', async () => {
  const retry = () => mutate(api, 'retryScene', { sceneId, endFramePrompt: 'A calm sea.' });
  const heard = await hear(2, retry);
  const reason = 'The scene is made again with another endFramePrompt.';
  expect(heard).toEqual([
    {
      __typename: 'VideoClipChanged',
      message: `Scene 2: clip 2 does not count any more: ${reason}`,
      version: 1,
      videoClip: { revision: 2, supersededBecause: 'REWORDED' },
    },
    {
      __typename: 'KeyframeChanged',
      message: `Scene 2: END frame 1 does not count any more: ${reason}`,
      version: 1,
      keyframe: { revision: 1, position: 'END', supersededBecause: 'REWORDED' },
    },
  ]);

  const { scene } = await api.ask<{ scene: object }>(READ, { id: sceneId });
  expect(scene).toEqual({
    currentClip: null,
    clip: null,
    currentStartFrame: { position: 'START', revision: 1 },
    currentEndFrame: null,
    keyframes: [{ position: 'START' }],
    clipRevisions: {
      totalCount: 2,
      edges: [
        { node: { revision: 2, supersededReason: reason, replaces: { revision: 1 } } },
        { node: { revision: 1, supersededReason: null, replaces: null } },
      ],
    },
    ends: {
      edges: [
        {
          node: {
            revision: 1,
            version: 1,
            supersededAt: expect.any(String) as string,
            supersededBecause: 'REWORDED',
            supersededReason: reason,
            replaces: null,
          },
        },
      ],
    },
  });
});

test('revisions come in pages, from either side', async () => {
  const page = async (args: string) => {
    const { scene } = await api.ask<{
      scene: { clips: { edges: { node: { revision: number }; cursor: string }[] } };
    }>(
      `query ($id: ID!) { scene(id: $id) { clips: clipRevisions(${args}) { edges { cursor node { revision } } } } }`,
      { id: encodeGlobalId('Scene', film.sceneIds[0] ?? '') },
    );
    return scene.clips.edges;
  };
  const [newest] = await page('first: 1');
  expect(newest?.node).toEqual({ revision: 2 });
  expect((await page(`first: 5, after: "${newest?.cursor}"`)).map(({ node }) => node.revision)).toEqual([1]);
  expect((await page('last: 1')).map(({ node }) => node.revision)).toEqual([1]);
  const foreign = Buffer.from(JSON.stringify(['revision', 'two', film.projectId])).toString('base64url');
  await expect(page(`first: 1, after: "${foreign}"`)).rejects.toThrow(/cursor/);
});
