/** What runs work on: each kind has a column of its own in `pipeline_runs`, and says so where it lives. */
import type { NodeType } from '../../core/ids.ts';
import { scopeOf } from '../../core/scopes.ts';
import type { PipelineRun, Prisma } from '../../generated/prisma/client.ts';

/** Columns that name a subject; the database holds that exactly one of them is set. */
export type SubjectColumn = Exclude<
  Extract<keyof PipelineRun, `${string}Id`>,
  'workspaceId' | 'generationConfigId'
>;

/** What a run works on. */
export type RunSubject = { type: NodeType; id: string };

const types = new Map<SubjectColumn, NodeType>();

/** Lets runs work on objects of `type`, named by `column`. */
export function registerRunSubject(type: NodeType, column: SubjectColumn): void {
  types.set(column, type);
}

/** What a run works on. */
export function subjectOf(run: Pick<PipelineRun, 'id' | SubjectColumn>): RunSubject {
  for (const [column, type] of types) {
    const id = run[column];
    if (id !== null) return { type, id };
  }
  throw new Error(`Nobody registered what run ${run.id} works on.`);
}

/** The scope of a run. */
export const runScope = (id: string): string => scopeOf('PipelineRun', id);

/** What everything counts for that a run does, narrowest first: itself, what it works on, and what it was launched for. */
export function scopesOfRun(run: Pick<PipelineRun, 'id' | 'scopes' | SubjectColumn>): string[] {
  const { type, id } = subjectOf(run);
  return [runScope(run.id), scopeOf(type, id), ...run.scopes];
}

/** Column that names subjects of a type. */
export function columnOf({ type }: Pick<RunSubject, 'type'>): SubjectColumn {
  for (const [column, known] of types) if (known === type) return column;
  throw new Error(`No run works on a ${type}.`);
}

/** The runs on a subject, or the columns of a new one. */
export const ofSubject = (subject: RunSubject) =>
  ({ [columnOf(subject)]: subject.id }) satisfies Prisma.PipelineRunWhereInput;
