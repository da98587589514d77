import { type OpenRunFragment, WhichRunDocument } from '../generated/graphql.ts';
import type { ApiClient } from '../server/api-client.ts';

/** A project, null for a run that makes no film; and the run of it that is meant, null if it has none. */
export type WhichRun = { projectId: string | null; run: OpenRunFragment | null };

/**
 * Finds what a person means who names a run or a project.
 *
 * @returns null if there is neither; of a project, its newest run.
 * @throws {CliFailure} naming `RUN|PROJECT` if `id` is of something else.
 */
export async function whichRun(api: ApiClient, id: string): Promise<WhichRun | null> {
  const { node } = await api.request(WhichRunDocument, { id }, { id: 'RUN|PROJECT' });
  if (node?.__typename === 'PipelineRun') return { projectId: node.project?.id ?? null, run: node };
  if (node?.__typename === 'Project') return { projectId: node.id, run: node.runs.edges[0]?.node ?? null };
  return null;
}

const LIVE: readonly OpenRunFragment['status'][] = ['QUEUED', 'RUNNING', 'PAUSED'];

/** Whether a run has not ended. A project's live run is its newest. */
export const isLive = ({ status }: OpenRunFragment): boolean => LIVE.includes(status);
