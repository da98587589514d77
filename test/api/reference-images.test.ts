/** Pictures that people upload: what is taken, what is refused, and what is left on the disk. */
import { readFile } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { rawRequest } from '../support/raw-request.ts';
import { seedFilm, seedProject, seedWorkspace } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { pngOf, rotated } from '../support/pictures.ts';
import { mutate } from './support/mutate.ts';
import { postForm, upload, uploadForm } from './support/upload.ts';

const api = useTestApi();

const MEGABYTE = 2 ** 20;

const newProject = async () => encodeGlobalId('Project', await seedProject(api.db));

async function storedFiles(): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of api.storage.list('')) keys.push(key);
  return keys;
}

const namesOf = async (projectId: string) => {
  const query = 'query ($id: ID!) { project(id: $id) { version referenceImages { name } } }';
  const { project } = await api.ask<{ project: { version: number; referenceImages: { name: string }[] } }>(
    query,
    { id: projectId },
  );
  return project.referenceImages.map(({ name }) => name);
};

describe('a picture', () => {
  test('is drawn anew as a JPEG, served, and listed in the order of adding', async () => {
    const projectId = await newProject();
    const jpeg = await createCanvas(300, 200).encode('jpeg');
    const mara = await upload(api, { projectId, name: ' Mara, the baker ' }, rotated(jpeg));
    expect(mara.referenceImage).toMatchObject({
      name: 'Mara, the baker',
      kind: 'CHARACTER',
      // Upright, as its camera was held.
      width: 200,
      height: 300,
      project: { id: projectId },
    });
    const served = await fetch(mara.referenceImage?.url ?? '');
    const file = Buffer.from(await served.arrayBuffer());
    expect(served.headers.get('content-type')).toBe('image/jpeg');
    expect(file).toHaveLength(mara.referenceImage?.sizeBytes ?? 0);
    expect(file.includes('Exif')).toBe(false);
    expect(await loadImage(file)).toMatchObject({ width: 200, height: 300 });

    await upload(api, { projectId, name: 'The loaf', kind: 'PRODUCT' }, pngOf());
    expect(await namesOf(projectId)).toEqual(['Mara, the baker', 'The loaf']);
  });

  test('that is large is made smaller, in its shape', async () => {
    const { referenceImage } = await upload(
      api,
      { projectId: await newProject(), name: 'A wall' },
      pngOf({ size: { width: 6_000, height: 3_000 } }),
    );
    expect(referenceImage).toMatchObject({ width: 1_536, height: 768 });
  });

  test('sent again answers with the first; another of its name is refused', async () => {
    const projectId = await newProject();
    const first = await upload(api, { projectId, name: 'Mara' }, pngOf());
    const files = await storedFiles();
    expect(await upload(api, { projectId, name: 'Mara' }, pngOf())).toEqual(first);
    const other = await upload(api, { projectId, name: 'Mara' }, pngOf({ size: { width: 9, height: 9 } }));
    expect(other).toMatchObject({ code: 'INVALID_INPUT', path: ['name'] });
    expect(await storedFiles()).toEqual(files);
  });

  test('is gone with its file once it is removed', async () => {
    const projectId = await newProject();
    const { referenceImage } = await upload(api, { projectId, name: 'Mara' }, pngOf());
    const referenceImageId = referenceImage?.id ?? '';
    const remove = () => mutate(api, 'removeReferenceImage', { referenceImageId }, 'removedReferenceImageId');
    expect(await remove()).toMatchObject({ removedReferenceImageId: referenceImageId });
    expect(await namesOf(projectId)).toEqual([]);
    expect((await fetch(referenceImage?.url ?? '')).status).toBe(404);
    expect(await remove()).toMatchObject({ code: 'NOT_FOUND', path: ['referenceImageId'] });
  });
});

describe('refused, with nothing left on the disk, is', () => {
  const unpacked = deflateSync(Buffer.alloc(256 * MEGABYTE));
  const refusals: [what: string, file: () => Buffer | Promise<Buffer>, message: RegExp][] = [
    ['what is no picture', () => Buffer.from('GIF89a, and more'), /PNG or a JPEG/],
    ['a page that calls itself a picture', () => readFile('README.md'), /PNG or a JPEG/],
    [
      'a file that is too large',
      () => Buffer.concat([pngOf(), Buffer.alloc(7 * MEGABYTE)]),
      /at most 7 MB, and has 7\.1/,
    ],
    [
      'a picture that unpacks to too many pixels',
      () => pngOf({ size: { width: 60_000, height: 60_000 }, unpackedBytes: 1_000 }),
      /at most 40 million pixels, and says that it has 60000 x 60000/,
    ],
    ['a picture without pixels', () => pngOf({ size: { width: 0, height: 9 } }), /0 x 9/],
    ['a picture that is cut off', () => pngOf().subarray(0, -12), /cut off/],
    [
      'a picture whose pixels are none',
      () => Buffer.concat([pngOf().subarray(0, 33), Buffer.from('IEND')]),
      /Cannot be read as a picture/,
    ],
  ];

  test.each(refusals)('%s', async (_what, file, message) => {
    const projectId = await newProject();
    const before = await storedFiles();
    const answer = await upload(api, { projectId, name: 'Mara' }, await file());
    expect(answer).toMatchObject({ code: 'INVALID_INPUT', path: ['image'] });
    expect(answer.message).toMatch(message);
    expect(await storedFiles()).toEqual(before);
    expect(await namesOf(projectId)).toEqual([]);
  });

  test.each([
    ['pixels', () => pngOf({ unpackedBytes: 256 * MEGABYTE })],
    ['a profile', () => pngOf({ before: [{ type: 'iCCP', data: profileOf(unpacked) }] })],
  ])(
    'no bomb in its %s: it is never unpacked, and the picture is what its header tells',
    async (_where, bomb) => {
      const { referenceImage } = await upload(api, { projectId: await newProject(), name: 'Mara' }, bomb());
      expect(referenceImage).toMatchObject({ width: 64, height: 48 });
    },
  );

  test.each(['', '   ', 'a"b', 'two\nlines', 'x'.repeat(101)])('the name %j', async (name) => {
    const answer = await upload(api, { projectId: await newProject(), name }, pngOf());
    expect(answer).toMatchObject({ code: 'INVALID_INPUT', path: ['name'] });
  });

  test("a project that is somebody else's", async () => {
    const workspaceId = await seedWorkspace(api.db);
    const projectId = encodeGlobalId('Project', await seedProject(api.db, { workspaceId }));
    const before = await storedFiles();
    const answer = await upload(api, { projectId, name: 'Mara' }, pngOf());
    expect(answer).toMatchObject({ code: 'NOT_FOUND', path: ['projectId'] });
    expect(await storedFiles()).toEqual(before);
  });

  test('a picture for a project with a live run, and the removal of one', async () => {
    const film = await seedFilm(api.ctx);
    const projectId = encodeGlobalId('Project', film.projectId);
    const { referenceImage } = await upload(api, { projectId, name: 'Mara' }, pngOf());
    await api.db.pipelineRun.update({
      where: { id: film.runId },
      data: { status: 'RUNNING', completedAt: null },
    });
    expect(await upload(api, { projectId, name: 'A loaf' }, pngOf())).toMatchObject({
      code: 'RUN_IN_PROGRESS',
    });
    const removed = await mutate(
      api,
      'removeReferenceImage',
      { referenceImageId: referenceImage?.id },
      'removedReferenceImageId',
    );
    expect(removed).toMatchObject({ code: 'RUN_IN_PROGRESS' });
    expect(await namesOf(projectId)).toEqual(['Mara']);
  });

  test('the ninth picture', { tags: 'long' }, async () => {
    const projectId = await newProject();
    const names = Array.from({ length: 8 }, (_, index) => `Number ${index}`);
    for (const name of names) await upload(api, { projectId, name }, pngOf());
    const ninth = await upload(api, { projectId, name: 'One more' }, pngOf());
    expect(ninth).toMatchObject({ code: 'INVALID_INPUT', path: ['image'] });
    expect(await namesOf(projectId)).toEqual(names);
  });
});

/** An ICC profile as PNG packs it. */
const profileOf = (packed: Buffer) => Buffer.concat([Buffer.from('x\0\0', 'latin1'), packed]);

const newInput = async () => ({ projectId: await newProject(), name: 'Mara' });

describe('a multipart request', () => {
  test('is refused without the header that no form can set, and from a page of another origin (CSRF)', async () => {
    const form = uploadForm(await newInput(), pngOf());
    expect((await postForm(api, form, {})).status).toBe(415);
    const foreign = { 'apollo-require-preflight': 'true', origin: 'https://evil.example' };
    expect((await postForm(api, form, foreign)).status).toBe(403);
  });

  test('is refused by its length before it is read', async () => {
    const headers = {
      'apollo-require-preflight': 'true',
      'content-type': 'multipart/form-data; boundary=x',
      'content-length': '61000000',
    };
    const { status } = await rawRequest(api.api.url, '/graphql', { method: 'POST', headers });
    expect(status).toBe(413);
  });

  test('of many parts is refused', async () => {
    const form = uploadForm(await newInput(), pngOf());
    for (let part = 1; part < 50; part += 1) form.set(`${part}`, 'x');
    const answer = await postForm(api, form);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(await answer.json())).toMatch(/limit exceeded/);
  });

  test.each([
    ['no operations', { operations: null }],
    ['operations that are no JSON', { operations: '{' }],
    ['operations that are null', { operations: 'null' }],
    ['a map that is no JSON', { map: '{' }],
    ['a map of numbers', { map: '{"0": 5}' }],
    ['a map of parts that are no files', { map: '{"operations": ["variables.input.image"]}' }],
    ['a map to nowhere', { map: '{"0": ["variables.input.picture"]}' }],
    ['a map to what everything inherits', { map: '{"0": ["__proto__.polluted"]}' }],
  ])('with %s is refused, and nothing breaks', async (_what, parts: Record<string, string | null>) => {
    const form = uploadForm(await newInput(), pngOf());
    for (const [name, value] of Object.entries(parts))
      if (value === null) form.delete(name);
      else form.set(name, value);
    const answer = await postForm(api, form);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
    expect('polluted' in {}).toBe(false);
  });

  test('is the only way for a file: neither JSON nor a literal will do', async () => {
    const query =
      'mutation ($input: AddReferenceImageInput!) { addReferenceImage(input: $input) { __typename } }';
    const variables = { input: { ...(await newInput()), image: { arrayBuffer: 'x' } } };
    const { errors } = await api.send(query, variables);
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ path: ['image'] }],
    });
    const literal = `mutation { addReferenceImage(input: { projectId: "x", name: "y", image: "z" }) { __typename } }`;
    expect((await api.send(literal)).errors?.[0]?.extensions?.code).toBe('INVALID_INPUT');
  });
});
