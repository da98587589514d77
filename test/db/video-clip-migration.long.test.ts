/** A database from before a VideoClip was called so: whoever had subscribed, was refused or was told goes on. */
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Api, startApi } from '../../src/api/http/server.ts';
import { encodeGlobalId, newId } from '../../src/core/ids.ts';
import { openMediaSigner } from '../../src/features/assets/media-signer.ts';
import { openTo } from '../../src/features/api-keys/key-ring.ts';
import { type Ctx, LOCAL_WORKSPACE_ID } from '../../src/platform/context.ts';
import { openLog } from '../../src/platform/log.ts';
import { openOutbound } from '../../src/platform/outbound/outbound.ts';
import { openPlatform, type Platform } from '../../src/platform/platform.ts';
import { policies } from '../../src/worker/handlers.ts';
import { webhooks } from '../../src/worker/webhooks.ts';
import { startTask } from '../support/start-task.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { temporaryFolder } from '../support/temporary/folder.ts';
import { openOldDatabase } from './support/old-database.ts';

/** The first that says VideoClip. */
const CHANGE = '20261130024500_say_video_clip';

/** An old database is made step by step. Milliseconds. */
const MAKING_MS = 180_000;

const log = openLog('silent');
const ids = {
  project: newId(),
  scene: newId(),
  clip: newId(),
  run: newId(),
  webhook: newId(),
  aliased: newId(),
};
const TOLD_TO_SETTLE = 'Nobody knows; look there, then settle it with settleUnknownClip.';

/** As its owner wrote it then, with what is called alike and is something else. */
const DOCUMENT = `{
  ... on LiveEvent { cursor } # the "clip
  ... on ClipChanged @include(if: true) { project { scenes { clip { status } } } ...C ... { status } }
  ... on SceneChanged { scene { clip { id } clips(first: 1) { totalCount } } }
}
fragment C on ClipChanged { clip { id, scene { clip { id } } } other:clip @skip(if: false) { id } }`;

const ALIASED =
  '{ ... on ClipChanged { clip: cursor film: clip { id } project { events(first: 1) { totalCount } } } }';

let dataDir: string;
let receiver: Receiver;
let platform: Platform;
let ctx: Ctx;
let api: Api;
beforeAll(async () => {
  dataDir = temporaryFolder('old');
  receiver = await startReceiver();
  const old = await openOldDatabase(CHANGE, dataDir);
  await fill((sql, values) => old.pool.query(sql, values));
  await old.remove();
  const outbound = openOutbound({ networks: '127.0.0.1/32' });
  platform = await openPlatform({ databaseUrl: null, dataDir, outbound, policies }, log);
  ctx = { ...platform, actor: { name: 'test', workspaceId: LOCAL_WORKSPACE_ID } };
  api = await startApi({ ctx, admission: openTo(ctx.actor), host: '127.0.0.1', port: 0, log });
}, MAKING_MS);
afterAll(async () => {
  await api.close();
  await platform.close();
  await receiver.hangUp();
});

async function fill(write: (sql: string, values: unknown[]) => Promise<unknown>): Promise<void> {
  await write(
    `INSERT INTO projects (id, workspace_id, title, prompt, style, aspect_ratio, target_clip_duration, clips_from,
       error_message, updated_at)
     VALUES ($1, $2, 'Harbour', 'A harbour.', 'cinematic', '16:9', 4, 'REFERENCE_IMAGES', $3, now())`,
    [ids.project, LOCAL_WORKSPACE_ID, TOLD_TO_SETTLE],
  );
  await write(
    `INSERT INTO scenes (id, project_id, scene_index, scene_description, start_frame_prompt, end_frame_prompt,
       video_motion_prompt, transition_notes)
     VALUES ($1, $2, 0, 'A', 'B', 'C', 'D', 'E')`,
    [ids.scene, ids.project],
  );
  await write(
    `INSERT INTO video_clips (id, scene_id, status, gcs_uri, error_message, completed_at)
     VALUES ($1, $2, 'UNKNOWN', 'files/clip-1', $3, now())`,
    [ids.clip, ids.scene, TOLD_TO_SETTLE],
  );
  await write(
    `INSERT INTO unkept_clips (clip_id, file_path, duration_seconds, machine) VALUES ($1, 'a.mp4', 4, 'a')`,
    [ids.clip],
  );
  await write(
    `INSERT INTO pipeline_runs (id, workspace_id, project_id, kind, status, error_stage, error_code, error_message,
       started_at, completed_at)
     VALUES ($1, $2, $3, 'FILM', 'PARTIAL', 'CLIPS', 'CLIP_LOST', $4, now(), now())`,
    [ids.run, LOCAL_WORKSPACE_ID, ids.project, TOLD_TO_SETTLE],
  );
  const told = [
    ['Scene', ids.scene, 'Scene 1 is FAILED.', { from: 'VIDEO_GENERATING', to: 'FAILED' }],
    [
      'VideoClip',
      ids.clip,
      `Clip of scene 1 is UNKNOWN: ${TOLD_TO_SETTLE}`,
      { from: 'SUBMITTING', to: 'UNKNOWN' },
    ],
    [
      'PipelineRun',
      ids.run,
      'Paid.',
      { clipId: ids.clip, nested: { errorCode: 'CLIP_LOST' }, words: '"clipId": x' },
    ],
  ] as const;
  for (const [type, id, message, details] of told)
    await write(
      `INSERT INTO audit_logs (id, event_type, actor, workspace_id, project_id, run_id, subject_type, subject_id,
         message, details)
       VALUES ($1, 'STATE_CHANGE', 'worker:a:1', $2, $3, $4, $5, $6, $7, $8)`,
      [newId(), LOCAL_WORKSPACE_ID, ids.project, ids.run, type, id, message, details],
    );
  // The one is at the beginning of the log, and the other has seen the scene already.
  for (const [id, document, cursor, events] of [
    [ids.webhook, DOCUMENT, 0, ['SCENE_CHANGED', 'CLIP_CHANGED']],
    [ids.aliased, ALIASED, 1, ['CLIP_CHANGED']],
  ] as const)
    await write(
      `INSERT INTO webhooks (id, workspace_id, url, events, document, origin, cursor)
       VALUES ($1, $2, $3, $4::"EventType"[], $5, 'http://a', $6)`,
      [id, LOCAL_WORKSPACE_ID, `${receiver.url}?${id}`, events, document, cursor],
    );
  await write(
    `INSERT INTO webhook_deliveries (id, webhook_id, sequence, entry_id, type, status, attempts, duration_milliseconds)
     VALUES ($1, $2, 1, $1, 'CLIP_CHANGED', 'DELIVERED', 1, 1)`,
    [newId(), ids.aliased],
  );
}

test('a subscriber goes on from its cursor, and hears what was told before under the new name', async () => {
  const client = createClient({
    url: `${api.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  const events = client.iterate<{ event: object }>({
    query: `subscription { event: workspaceEvents(types: [VIDEO_CLIP_CHANGED], after: "1") {
      __typename ... on LiveEvent { cursor } ... on VideoClipChanged { status message videoClip { id status } }
    } }`,
  });
  const heard: unknown[] = [];
  for await (const { data } of events) if (heard.push(data?.event) === 2) break;
  await client.dispose();
  expect(heard).toEqual([
    { __typename: 'SnapshotMarker', cursor: '1' },
    {
      __typename: 'VideoClipChanged',
      cursor: '2',
      status: 'UNKNOWN',
      message: expect.stringMatching(/settle it with settleUnknownVideoClip\.$/),
      videoClip: { id: encodeGlobalId('VideoClip', ids.clip), status: 'UNKNOWN' },
    },
  ]);
});

test('the log keeps its order and what it tells, in the words of now', async () => {
  const entries = await ctx.db.auditLog.findMany({ orderBy: { sequence: 'asc' } });
  expect(entries.map(({ sequence }) => sequence)).toEqual([1n, 2n, 3n]);
  expect(entries.at(-1)?.details).toEqual({
    videoClipId: ids.clip,
    nested: { errorCode: 'VIDEO_CLIP_LOST' },
    words: '"clipId": x',
  });
  const change = ctx.db.auditLog.updateMany({ data: { message: 'Nothing.' } });
  await expect(change).rejects.toThrow('append-only');
});

test('what a person was told to do is what can be done', async () => {
  const [run] = await ctx.db.pipelineRun.findMany({ include: { project: true } });
  const clip = await ctx.db.videoClip.findUniqueOrThrow({
    where: { id: ids.clip },
    include: { unkept: true },
  });
  const errorMessage = TOLD_TO_SETTLE.replace('UnknownClip', 'UnknownVideoClip');
  expect(run).toMatchObject({ errorCode: 'VIDEO_CLIP_LOST', errorMessage });
  expect(run?.project).toMatchObject({ clipsFrom: 'REFERENCE_IMAGES', errorMessage });
  expect(clip).toMatchObject({ errorMessage, resultUri: 'files/clip-1', unkept: { filePath: 'a.mp4' } });
});

test('webhooks go on where they were, and their receivers find the clip where it was', async () => {
  const telling = startTask(ctx, webhooks(await openMediaSigner(ctx.db)));
  const messages = await receiver.heard(3);
  const delivered = { type: 'VIDEO_CLIP_CHANGED', status: 'DELIVERED' } as const;
  // One of them by an earlier version.
  await expect.poll(() => ctx.db.webhookDelivery.count({ where: delivered })).toBe(3);
  await telling.close();
  const heard = messages.map(
    ({ body }) => JSON.parse(body) as { type: string; data: unknown; errors?: unknown },
  );
  const clip = { id: encodeGlobalId('VideoClip', ids.clip) };
  const { data, errors } = heard.find(({ type }) => type === 'scene.changed') ?? {};
  expect(errors).toBeUndefined();
  expect(data).toEqual({ cursor: '1', scene: { clip, clips: { totalCount: 1 } } });
  expect(heard.filter(({ type }) => type === 'video_clip.changed').map((message) => message.data)).toEqual(
    expect.arrayContaining([
      {
        cursor: '2',
        project: { scenes: [{ clip: { status: 'UNKNOWN' } }] },
        clip: { ...clip, scene: { clip } },
        other: clip,
        status: 'UNKNOWN',
      },
      { clip: '2', film: clip, project: { events: { totalCount: 3 } } },
    ]),
  );
  const rows = await ctx.db.webhook.findMany({ orderBy: { createdAt: 'asc' } });
  expect(rows).toMatchObject([
    { id: ids.webhook, status: 'ENABLED', events: ['SCENE_CHANGED', 'VIDEO_CLIP_CHANGED'] },
    { id: ids.aliased, status: 'ENABLED', events: ['VIDEO_CLIP_CHANGED'] },
  ]);
});
