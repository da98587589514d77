/** The folder of the files is a file, or gone, or another one: that is told by name, nothing is begun, and nothing is lost. */
import { mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/core/ids.ts';
import { reconcileFiles } from '../../src/features/upkeep/reconcile-files.ts';
import { createProject } from '../../src/features/projects/project.ts';
import { pngOf } from '../support/pictures.ts';
import { seedFilm } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';
import { postForm, uploadForm } from './support/upload.ts';

const api = useTestApi();

type Put = (place: string) => Promise<unknown>;
const putFile: Put = (place) => writeFile(place, '');

/** Puts something in the place of a folder until what is returned is called. */
async function replace(folder: string, put = putFile): Promise<() => Promise<void>> {
  await rename(folder, `${folder}-elsewhere`);
  await put(folder);
  return async () => {
    await rm(folder, { force: true }).catch(() => rmdir(folder));
    await rename(`${folder}-elsewhere`, folder);
  };
}

let film: { projectId: string; key: string };
beforeEach(async () => {
  const { projectId, sceneIds } = await seedFilm(api.ctx);
  const clip = await api.db.videoClip.findFirstOrThrow({ where: { sceneId: sceneIds[0] ?? '' } });
  film = { projectId, key: clip.localPath ?? '' };
});

const root = () => path.dirname(api.storage.locationOf('any'));
let putBack: (() => Promise<void>) | null = null;
afterEach(() => putBack?.());

const named = (why: RegExp) =>
  expect.stringMatching(new RegExp(`^The storage cannot be used: ${why.source}$`)) as string;

const ABSENCES: { what: string; put: Put; NAMED: string }[] = [
  { what: 'a file', put: putFile, NAMED: named(/ENOTDIR: a file lies where the folder [\w-]+ has to be/) },
  { what: 'nothing', put: async () => {}, NAMED: named(/the folder [\w-]+ is not there/) },
  {
    what: 'an empty folder',
    put: (place) => mkdir(place),
    NAMED: named(/the folder [\w-]+ is another one .*/),
  },
];

test.each(ABSENCES)(
  'with $what in its place a launch and an upload are refused by name, a film is away and not gone, and the server is not ready',
  async ({ put, NAMED }) => {
    const { id } = await createProject(api.ctx, { prompt: 'Mara bakes.' });
    putBack = await replace(root(), put);
    const launch = await api.send('mutation { generateFilm(input: { prompt: "A fox." }) { __typename } }');
    expect(launch.errors).toMatchObject([{ message: NAMED, extensions: { code: 'MEDIA_FAILED' } }]);
    const input = { projectId: encodeGlobalId('Project', id), name: 'Mara' };
    const sent: unknown = await (await postForm(api, uploadForm(input, pngOf()))).json();
    expect(sent).toMatchObject({ errors: [{ message: NAMED, extensions: { code: 'MEDIA_FAILED' } }] });
    expect((await fetch(`${api.api.url}/media/${film.key}`)).status).toBe(503);
    expect((await fetch(`${api.api.url}/readyz`)).status).toBe(503);
    expect(await api.db.project.count({ where: { prompt: 'A fox.' } })).toBe(0);
    await putBack();
    putBack = null;
    expect((await fetch(`${api.api.url}/media/${film.key}`)).status).toBe(200);
    expect((await fetch(`${api.api.url}/readyz`)).status).toBe(200);
  },
);

test('reconciling takes nothing for lost whose folder cannot be reached', async () => {
  putBack = await replace(path.join(root(), path.dirname(film.key)));
  const NOW = { olderThanMilliseconds: 0 };
  await expect(reconcileFiles(api.ctx, NOW)).rejects.toThrow('ENOTDIR: a file lies where the folder');
  const current = { scene: { projectId: film.projectId }, supersededAt: null };
  expect(await api.db.videoClip.count({ where: current })).toBe(2);
  expect(await api.db.keyframe.count({ where: current })).toBe(4);
});
