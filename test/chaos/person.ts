import type { PaidProviderProcess } from '../support/paid-provider/start.ts';
import type { Client, Entry, Project } from './client.ts';

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
  if (!isLive(project)) for (const call of unknownCalls(project)) await settleCall(client, provider, call);
  if (!isLive(project) && project.status !== 'PENDING') await client.resume(projectId);
  return false;
}

/** What the ledger says of one call. */
export type Call = Pick<Entry, 'operationKey' | 'call'> & { subject: string; kinds: Entry['kind'][] };

/** The calls of a project, under the subjects that the provider's books have for them. */
export function callsOf({ prompt, ledger }: Project): Call[] {
  const entries = ledger.edges.map(({ node }) => node);
  return entries.flatMap(({ kind, operationKey, call, scene }) => {
    if (kind !== 'RESERVE') return [];
    const [, , position] = operationKey.split(':');
    const about = scene?.sceneDescription ?? prompt;
    const subject = call === 'KEYFRAME' ? `${position} ${about}` : about;
    const kinds = entries.filter((entry) => entry.operationKey === operationKey).map((entry) => entry.kind);
    return [{ operationKey, call, subject, kinds }];
  });
}

const isOpen = ({ kinds }: Call) => !kinds.includes('SETTLE') && !kinds.includes('RELEASE');

/** Storyboards and frames of which nobody knows whether they were charged. */
const unknownCalls = (project: Project): (Call & { isCharged: (sold: number) => boolean })[] => {
  const calls = callsOf(project);
  return calls
    .filter((call) => call.call !== 'CLIP' && call.kinds.includes('UNKNOWN') && isOpen(call))
    .map((call) => {
      const settled = calls.filter(
        ({ subject, kinds }) => subject === call.subject && kinds.includes('SETTLE'),
      );
      return { ...call, isCharged: (sold) => sold > settled.length };
    });
};

/** Whoever was sold more than is settled was charged for the call that nobody knows of. */
async function settleCall(
  client: Client,
  provider: PaidProviderProcess,
  { operationKey, call, subject, isCharged }: ReturnType<typeof unknownCalls>[number],
): Promise<void> {
  const books = await provider.ledger();
  const sold = books.filter((entry) => entry.kind === call && entry.subject === subject).length;
  await client.settleCall(operationKey, isCharged(sold) ? 'WAS_CHARGED' : 'NOT_CHARGED');
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
