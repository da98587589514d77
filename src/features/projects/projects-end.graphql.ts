import type { NumberedEntry } from '../audit/log/numbered-entry.ts';
import { isDeletion } from '../audit/subject.graphql.ts';

/** Whether an entry tells that a project is gone, with everything in it. */
export const isProjectsEnd = (entry: NumberedEntry): boolean =>
  entry.subjectType === 'Project' && isDeletion(entry);
