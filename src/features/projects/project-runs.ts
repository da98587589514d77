/** Runs that work on a project. */
import type { PipelineRun } from '../../generated/prisma/client.ts';
import { scopeOf } from '../../core/scopes.ts';
import { tellCapsOf } from '../budget/over-budget.ts';
import { registerRunSubject, type RunSubject } from '../runs/run-subject.ts';

registerRunSubject('Project', 'projectId');
tellCapsOf('project', { name: 'of the project', wayOut: 'raise it with setProjectCostCap' });

/** A project as what a run works on. */
export const projectSubject = (id: string): RunSubject => ({ type: 'Project', id });

/** The scope of a project. */
export const projectScope = (id: string): string => scopeOf('Project', id);

/** Bare UUID of the project that a run works on; a flow of projects has no other runs. */
export function projectIdOf({ id, projectId }: Pick<PipelineRun, 'id' | 'projectId'>): string {
  if (projectId === null) throw new Error(`Run ${id} works on no project.`);
  return projectId;
}
