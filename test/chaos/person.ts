import type { PaidProviderProcess } from '../support/paid-provider/start.ts';
import type { Client, Project } from './client.ts';

/** A film as a script of three scenes; `tag` is a word that no other film has. */
export const scriptOf = (tag: string): string =>
  `A fox called ${tag}one wakes. A hare called ${tag}two runs. An owl called ${tag}three waits.`;

const isLive = ({ runs }: Project) =>
  runs.edges.some(({ node }) => ['QUEUED', 'RUNNING', 'PAUSED'].includes(node.status));

/**
 * Looks after a film as a person would: settles what nobody knows with what the provider's own books say, and resumes
 * what stopped. @returns whether the film is finished.
 */
export async function lookAfter(
  client: Client,
  provider: PaidProviderProcess,
  projectId: string,
): Promise<boolean> {
  const project = await client.project(projectId);
  if (project.status === 'COMPLETE' && !project.errorMessage) return true;
  for (const { clip, sceneDescription } of project.scenes) {
    if (clip?.status !== 'UNKNOWN') continue;
    const books = await provider.ledger();
    const bought = books.find(({ kind, subject }) => kind === 'CLIP' && subject === sceneDescription);
    await client.settle(clip.id, bought?.operationName ?? null);
    return false;
  }
  if (!isLive(project) && project.status !== 'PENDING') await client.resume(projectId);
  return false;
}

/** Looks after all of them until they are finished. @returns the ids of those that are not, when `seconds` are over. */
export async function finishAll(
  client: Client,
  provider: PaidProviderProcess,
  projectIds: readonly string[],
  seconds: number,
): Promise<string[]> {
  let open = [...projectIds];
  const end = Date.now() + seconds * 1_000;
  while (open.length > 0 && Date.now() < end) {
    const left: string[] = [];
    for (const id of open) if (!(await lookAfter(client, provider, id))) left.push(id);
    open = left;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return open;
}
