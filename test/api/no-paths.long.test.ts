/** Nobody who asks is told where things are on the server's disk, whatever goes wrong there. */
import { writeFile } from 'node:fs/promises';
import { createCanvas } from '@napi-rs/canvas';
import { beforeAll, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { generateFilm, launchRun, stitchFilm } from '../../src/features/pipelines/confirm/launch.ts';
import { withoutPlaces } from '../../src/core/without-places.ts';
import { takeRoom } from '../support/machine.ts';
import { ONE_SECOND } from '../support/one-second.ts';
import { runEnd } from '../support/run-end.ts';
import { seedFilm } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { upload } from './support/upload.ts';

const api = useTestApi({ workers: 2 });

const ask = { ...ONE_SECOND, stopAfter: null };

/** Anything that begins as a path does on a machine as those that this runs on. */
const PATH = /(?<![\w.:-])\/(tmp|work|home|root|usr|var|opt|etc|app|Users|private)\b[^"\\]*/g;

const write = (key: string, text: string) =>
  api.storage.withTemporary('txt', async (file) => {
    await writeFile(file, text);
    await api.storage.keep(file, key);
  });

/** What became of three films on a disk that is not as it should be. */
async function failInManyWays(): Promise<string[]> {
  const { project, run } = await generateFilm(api.ctx, { ...ask, stopAfter: 'KEYFRAMES' });
  await runEnd(api.ctx, run.id);
  const makeRoom = await takeRoom(api, project, 'clips');
  const blocked = await launchRun(api.ctx, { ...ask, projectId: project.id });
  const codes = [(await runEnd(api.ctx, blocked.id)).errorMessage ?? ''];
  await makeRoom();

  const frames = await api.db.keyframe.findMany({ where: { scene: { projectId: project.id } } });
  for (const { filePath } of frames) await write(filePath, 'no picture');
  const garbled = await launchRun(api.ctx, { ...ask, projectId: project.id });
  codes.push((await runEnd(api.ctx, garbled.id)).errorMessage ?? '');

  for (const lose of [false, true]) {
    const film = await seedFilm(api.ctx);
    const clip = await api.db.videoClip.findFirstOrThrow({
      where: { sceneId: film.sceneIds[0] ?? '', supersededAt: null },
    });
    if (lose) await api.storage.remove(clip.localPath ?? '');
    const cut = await stitchFilm(api.ctx, { ...ask, projectId: film.projectId });
    codes.push((await runEnd(api.ctx, cut.id)).errorMessage ?? '');
  }
  return codes;
}

let failures: string[];
beforeAll(async () => {
  failures = await failInManyWays();
}, 180_000);

test('films fail in the words of the system, with the name of the file', () => {
  expect(failures).toMatchObject([
    expect.stringMatching(/EISDIR/),
    expect.stringContaining('no picture that can be read'),
    expect.stringContaining('.mp4: no film or sound'),
    expect.stringContaining('gone from the storage'),
  ]);
});

test('no answer of the graph has a path in it: errors, events, dead letters, warnings', async () => {
  const answer = await api.send(
    `{ projects { edges { node {
      errorMessage
      scenes { clips { edges { node { errorMessage } } } }
      runs { edges { node { errorMessage errorCode } } }
      videos { edges { node { url posterUrl } } }
      events(last: 100) { edges { node { message details } } }
    } } } deadLetters { edges { node { errorMessage } } } }`,
  );
  const text = JSON.stringify(answer);
  expect(answer.errors).toBeUndefined();
  expect(text).toMatch(/EISDIR/);
  expect(text.match(PATH)).toBeNull();
});

test('nor has what a subscription tells of it', async () => {
  const client = api.connect();
  const events = client.iterate<{ workspaceEvents: { cursor: string } }>({
    query:
      'subscription { workspaceEvents(after: "0") { ... on LiveEvent { cursor } ... on ChangeEvent { message details } } }',
  });
  const newest = await api.db.auditLog.findFirstOrThrow({
    where: { sequence: { not: null } },
    orderBy: { sequence: 'desc' },
  });
  const told: unknown[] = [];
  for await (const { data } of events) {
    told.push(data);
    if (data?.workspaceEvents.cursor === String(newest.sequence)) break;
  }
  await client.dispose();
  expect(JSON.stringify(told).match(PATH)).toBeNull();
});

test('nor has a refusal', async () => {
  const { project } = await generateFilm(api.ctx, { ...ask, stopAfter: 'STORYBOARD' });
  const picture = await createCanvas(640, 480).encode('png');
  // Whole from outside, garbage within.
  picture.fill(0, 60, picture.length - 20);
  const refusal = await upload(
    api,
    { projectId: encodeGlobalId('Project', project.id), name: 'Mara' },
    picture,
  );
  expect(refusal.__typename).toBe('InvalidInputError');
  expect(JSON.stringify(refusal).match(PATH)).toBeNull();
});

test('nor have health, readiness and metrics', async () => {
  for (const place of ['/healthz', '/readyz', '/metrics', '/nowhere', '/media/x/y'])
    expect((await (await fetch(`${api.api.url}${place}`)).text()).match(PATH)).toBeNull();
});

test('the graph has no field for one', async () => {
  const answer = await api.send('{ videos { edges { node { filePath } } } }');
  expect(answer.errors?.[0]?.message).toContain('filePath');
});

test.each([
  [
    "ENOENT: no such file or directory, open '/srv/my films/w/x.mp4'",
    "ENOENT: no such file or directory, open 'x.mp4'",
  ],
  ['/home/ann/My Films/.vidpipe/x.mp4: no film', 'x.mp4: no film'],
  ["rename '/a/b c/d' -> '/e/f'", "rename 'd' -> 'f'"],
  ['[mov @ 0x55d3C0a1] /tmp/vidpipe-1/a.mp4: moov atom not found', '[mov] a.mp4: moov atom not found'],
  ['write to @ 0x1 failed', 'write to @ 0x1 failed'],
  ['at file:///srv/x/y.ts:3:4', 'at y.ts:3:4'],
  ['https://a.example:80/x/y?z=1 and s3://b/k/l', 'https://a.example:80/x/y?z=1 and s3://b/k/l'],
  ['The API is at /graphql, as application/json.', 'The API is at /graphql, as application/json.'],
  ['w/projects/p/x.mp4 is gone', 'w/projects/p/x.mp4 is gone'],
  ['ask /graphql and/or its page', 'ask /graphql and/or its page'],
  ['/srv/films and/or /srv/clips', 'films and/or clips'],
  ['/data/film as video/mp4', 'film as video/mp4'],
  ['/Users/Ann Lee/films is full', 'films is full'],
  ['/mnt/big disk/films is full', 'films is full'],
  ['~/My Films/x.mp4: no film', 'x.mp4: no film'],
])('of "%s" stays "%s"', (text, told) => {
  expect(withoutPlaces(text)).toBe(told);
});
