/** Changing what a project asks for, as far as nothing was made from it. */
import { type InputIssue, refuseIssues } from '../../core/errors.ts';
import { scopesOf } from '../../core/scopes.ts';
import { isSameValue } from '../../core/same-text.ts';
import type { Project } from '../../generated/prisma/client.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/database.ts';
import { recordAudit } from '../audit/log/audit.ts';
import { refuseSecond } from '../runs/run.ts';
import { requireFilmProvider } from './film-provider.ts';
import { capabilityIssues, checkFields, type ProjectInput } from './project-input.ts';
import { lockProject } from './project.ts';
import { titleOf } from './title.ts';
import { projectSubject } from './project-runs.ts';

/** Fields that may always change: nothing that was made is untrue then. A seed is what the next clip begins with. */
const ALWAYS = ['title', 'seed'] as const;
/** Fields that a storyboard, frames and clips are made from. */
const UNTIL_MADE = [
  'prompt',
  'style',
  'aspectRatio',
  'targetClipDuration',
  'targetDuration',
  'negativePrompt',
  'sound',
  'clipsFrom',
] as const;
const FIELDS = [...ALWAYS, ...UNTIL_MADE] as const;
type Field = (typeof FIELDS)[number];

/** What of them is empty when it is null; any other null is refused. A title is then taken from the prompt. */
const MAY_BE_NULL: readonly Field[] = ['title', 'seed', 'targetDuration', 'negativePrompt'];

/** What is left out stays as it is. */
export type UpdateProject = { projectId: string } & {
  [Name in Field]?: ProjectInput[Name] | null | undefined;
};

/**
 * Changes what a project asks for; launches and costs nothing. What was made stays as it is: films keep their titles.
 * Nothing is written, and told, if it is so already.
 *
 * @throws {InvalidInputError} with every issue, a field among them from which something was made already.
 * @throws {DomainError} `NOT_FOUND`; `RUN_IN_PROGRESS` if a live run works on such a field; `PROVIDER_NOT_CONFIGURED`
 * if nobody can tell whether the provider takes it.
 */
export async function updateProject(ctx: Ctx, { projectId, ...asked }: UpdateProject): Promise<Project> {
  return ctx.db.$transaction(async (tx) => {
    const before = await lockProject(tx, ctx.actor, projectId);
    const values = readValues(before, asked);
    const changed = FIELDS.filter((field) => field in values && !isSame(field, values[field], before[field]));
    if (changed.length === 0) return before;
    refuseIssues([
      ...(await madeIssues(tx, before, changed)),
      ...newIssues(before, { ...before, ...values }, changed),
    ]);
    return write(tx, ctx, before, values, changed);
  });
}

/** A title is for people, and shown as it is written. */
const isSame = (field: Field, one: unknown, other: unknown): boolean =>
  field === 'title' ? one === other : isSameValue(one, other);

type Values = Partial<Pick<Project, Field>>;

/** The fields that are given, as the row holds them. */
function readValues({ prompt }: Project, asked: Omit<UpdateProject, 'projectId'>): Values {
  const given = Object.entries(asked).filter(([, value]) => value !== undefined) as [Field, unknown][];
  const nulls = given.filter(([field, value]) => value === null && !MAY_BE_NULL.includes(field));
  refuseIssues(nulls.map(([field]) => ({ path: [field], message: NO_NULL })));
  const values = checkFields(Object.fromEntries(given)) as Values & { title?: string | null };
  return 'title' in values ? { ...values, title: values.title ?? titleOf(values.prompt ?? prompt) } : values;
}

const NO_NULL = 'Must not be null; leave it out to keep what it is.';

/** Fields among `changed` that something was made from. */
async function madeIssues(tx: Tx, { id }: Project, changed: readonly Field[]): Promise<InputIssue[]> {
  const asked = changed.filter((field) => UNTIL_MADE.some((name) => name === field));
  if (asked.length === 0) return [];
  await refuseSecond(tx, projectSubject(id));
  if ((await tx.scene.count({ where: { projectId: id } })) === 0) return [];
  const message =
    'Its storyboard was made from it; create another project, or change a scene with retryScene.';
  return asked.map((field) => ({ path: [field], message }));
}

/** What the provider cannot do of it and could before: a title is none of its business. */
function newIssues(before: Project, after: Project, changed: readonly Field[]): InputIssue[] {
  if (changed.every((field) => field === 'title')) return [];
  const provider = requireFilmProvider(before.provider);
  const known = capabilityIssues(before, provider).map(({ message }) => message);
  return capabilityIssues(after, provider).filter(({ message }) => !known.includes(message));
}

async function write(
  tx: Tx,
  { actor }: Ctx,
  before: Project,
  values: Values,
  changed: readonly Field[],
): Promise<Project> {
  const data = { ...pick(values, changed), version: { increment: 1 } };
  const project = await tx.project.update({ where: { id: before.id }, data });
  await recordAudit(tx, actor, {
    subject: { type: 'Project', id: project.id },
    scopes: scopesOf({ Project: project.id }),
    eventType: 'STATE_CHANGE',
    version: project.version,
    message: `Project "${project.title}" was changed: ${changed.join(', ')}.`,
    details: { before: pick(before, changed), after: pick(values, changed) },
  });
  return project;
}

const pick = (values: Values, fields: readonly Field[]): Values =>
  Object.fromEntries(fields.map((field) => [field, values[field]]));
