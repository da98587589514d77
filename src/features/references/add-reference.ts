import { z } from 'zod';
import { DomainError, InvalidInputError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import type { Prisma, Project, ReferenceImage, ReferenceKind } from '../../generated/prisma/client.ts';
import type { Actor, Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { fileKeys } from '../assets/file-keys.ts';
import { makeOnce } from '../idempotency/make-once.ts';
import { refuseSecond } from '../runs/run.ts';
import { lockProject, visibleProjects } from '../projects/project.ts';
import { recordReferences } from './record-references.ts';
import { MAX_REFERENCE_IMAGES } from './reference-image.ts';
import { tooMany } from './reference-rules.ts';
import { checkPicture, keepPicture, sha256Of } from './uploaded-picture.ts';
import { projectSubject } from '../projects/project-runs.ts';

/** Longest name, in UTF-16 units; ours. */
export const MAX_NAME_LENGTH = 100;

const nameInput = z
  .string()
  .trim()
  // The same letters are the same name, however a keyboard composed them.
  .normalize('NFC')
  .min(1, 'Must not be empty.')
  .max(MAX_NAME_LENGTH, `May have at most ${MAX_NAME_LENGTH} characters.`)
  .refine((name) => !/[\p{Cc}"]/u.test(name), {
    message: 'Must have no quotation mark, line break or other control character: prompts quote it.',
  });

export type NewReference = {
  projectId: string;
  name: string;
  kind: ReferenceKind;
  /** The file as it came. */
  picture: Buffer;
  /** Asked again with it, the same picture is the answer. */
  idempotencyKey?: string | null | undefined;
};

/**
 * Adds a picture to a project, drawn anew (`keepPicture`). Costs nothing. The same picture of the same name again
 * answers with the first.
 *
 * The file comes before its row: a crash in between leaves a file that upkeep removes.
 *
 * @throws {InvalidInputError} naming `name` or `image`.
 * @throws {DomainError} `NOT_FOUND`; `RUN_IN_PROGRESS`: a run is made with what it began with, wait for its end;
 * `PROVIDER_NOT_CONFIGURED`; as `makeOnce`.
 */
export async function addReferenceImage(
  ctx: Ctx,
  { projectId, name: given, kind, picture, idempotencyKey = null }: NewReference,
): Promise<ReferenceImage> {
  const name = checkName(given);
  checkPicture(picture, ['image']);
  const project = await ctx.db.project.findFirst({ where: { id: projectId, ...visibleProjects(ctx.actor) } });
  if (!project) throw new DomainError('NOT_FOUND', 'No such project.', { path: ['projectId'] });

  const id = newId();
  const filePath = (await fileKeys(ctx.db)).keyOf(project.workspaceId, `reference-image:${id}`, 'jpg');
  const kept = await keepPicture(ctx.storage, picture, filePath, ['image']);
  const row = { id, projectId, name, kind, filePath, sha256: sha256Of(picture), ...kept };
  try {
    const asked = { addReferenceImage: projectId, name, kind, sha256: row.sha256 };
    const added = await makeOnce(
      ctx,
      { asked, key: idempotencyKey },
      {
        make: (tx) => insertReference(tx, ctx.actor, row),
        find: (tx, madeId) => tx.referenceImage.findUnique({ where: { id: madeId } }),
      },
    );
    if (added.id !== id) await ctx.storage.remove(filePath);
    return added;
  } catch (error) {
    // Whether anything else was committed nobody knows: upkeep looks.
    if (error instanceof DomainError) await ctx.storage.remove(filePath);
    throw error;
  }
}

function checkName(given: string): string {
  const { data, error } = nameInput.safeParse(given);
  if (data !== undefined) return data;
  const message = error.issues.map((issue) => issue.message).join(' ');
  throw new InvalidInputError([{ path: ['name'], message }]);
}

type NewRow = Omit<Prisma.ReferenceImageUncheckedCreateInput, 'createdAt'>;

async function insertReference(tx: Tx, actor: Actor, row: NewRow): Promise<ReferenceImage> {
  const project = await lockProject(tx, actor, row.projectId);
  const { projectId, name } = row;
  const namesake = await tx.referenceImage.findUnique({ where: { projectId_name: { projectId, name } } });
  if (namesake && isSame(namesake, row)) return namesake;
  if (namesake) {
    const message = 'The project has another picture of that name; remove it first, or choose another name.';
    throw new InvalidInputError([{ path: ['name'], message }]);
  }
  await refuseSecond(tx, projectSubject(projectId));
  await refuseMore(tx, project);
  const added = await tx.referenceImage.create({ data: row });
  await recordReferences(tx, actor, added, 'added');
  return added;
}

type Picture = Pick<ReferenceImage, 'sha256' | 'kind'>;

const isSame = (one: Picture, other: Picture) => one.sha256 === other.sha256 && one.kind === other.kind;

async function refuseMore(tx: Tx, project: Project): Promise<void> {
  const count = 1 + (await tx.referenceImage.count({ where: { projectId: project.id } }));
  const message =
    count > MAX_REFERENCE_IMAGES
      ? `A project may have ${MAX_REFERENCE_IMAGES} reference images; remove one first.`
      : tooMany(project, count);
  if (message !== null) throw new InvalidInputError([{ path: ['image'], message }]);
}
