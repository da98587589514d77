/** Films with reference images: a baker and her loaf. */
import { estimateProject } from '../../src/features/pipelines/confirm/film-estimate.ts';
import { launchRun } from '../../src/features/pipelines/confirm/launch.ts';
import { addReferenceImage } from '../../src/features/references/add-reference.ts';
import { createProject } from '../../src/features/projects/project.ts';
import type { VideoClipSource, ReferenceImage, RunStage } from '../../src/generated/prisma/client.ts';
import type { Ctx } from '../../src/platform/context.ts';
import type { GoogleFilm } from './google-film.ts';
import { pngOf } from './pictures.ts';

/** Adds so many pictures, each of another size. */
export async function addReferences(ctx: Ctx, projectId: string, count: number): Promise<ReferenceImage[]> {
  const added: ReferenceImage[] = [];
  for (let index = 0; index < count; index += 1) {
    const picture = pngOf({ size: { width: 32 + index, height: 32 } });
    const name = index === 0 ? 'Mara, the baker' : `loaf ${index}`;
    const kind = index === 0 ? 'CHARACTER' : 'PRODUCT';
    added.push(await addReferenceImage(ctx, { projectId, name, kind, picture }));
  }
  return added;
}

type Options = { clipsFrom: VideoClipSource; scenes: 1 | 2; stopAfter: RunStage | null };

/** Makes a film with two references, of four seconds a scene, and waits for its end; with what was estimated before. */
export async function makeReferencedFilm(
  ctx: Ctx,
  film: GoogleFilm,
  { clipsFrom, scenes, stopAfter }: Options,
) {
  const more = scenes === 2 ? ` A hare called ${film.tag}two runs.` : '';
  const project = await createProject(ctx, {
    prompt: `A fox called ${film.tag}one wakes.${more}`,
    provider: 'GOOGLE',
    targetClipDuration: 4,
    targetDuration: 4 * scenes,
    clipsFrom,
  });
  const references = await addReferences(ctx, project.id, 2);
  const estimate = await estimateProject(ctx, project, stopAfter);
  const options = { stopAfter, crossfadeSeconds: 0, idempotencyKey: null };
  film.projectId = project.id;
  film.follow(await launchRun(ctx, { projectId: project.id, ...options }));
  return { references, estimate, run: await film.end() };
}
