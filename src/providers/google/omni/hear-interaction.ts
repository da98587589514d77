/** Reading an interaction, whichever way leads to it. */
import { randomUUID } from 'node:crypto';
import type { CallOptions } from '../../capabilities/capability.ts';
import { ProviderError } from '../../provider-error.ts';
import { type CallPlan, hearAnswer, type HttpAnswer } from '../call.ts';
import { type GoogleClient, planOf } from '../client.ts';
import { readAnswer } from '../read-answer.ts';
import { readOmni } from '../read-omni.ts';
import { EventCutter, InteractionStory } from './events.ts';
import { WAYS, type Way } from './ways.ts';

const PREFIX = 'interactions/';

/** Whether a name is one of Omni's interactions. */
export const isInteraction = (name: string): boolean => name.startsWith(PREFIX);

export const nameOf = (id: string): string => `${PREFIX}${id}`;
export const idOf = (operationName: string): string => operationName.slice(PREFIX.length);

const UNNAMED = nameOf('unnamed-');

/** A name for one to which Google gave none: it is never asked for by it. */
export const nameOfUnnamed = (): string => UNNAMED + randomUUID();

const nowhereElse = (operationName: string): ProviderError =>
  new ProviderError(
    'REFUSED',
    `Google ${operationName}: its film came within the answer to the order, which named nothing to fetch it by.`,
    { code: 'VIDEO_CLIP_LOST' },
  );

/** Longest that one way may take, in seconds: an answer may have the film in it. Ours. */
const WAY_SECONDS = 40;
/** For so long the events of an interaction are listened to, which go on until its film is made. Seconds; ours. */
const LISTEN_SECONDS = 8;
/** Longest that reading one may take in all, in seconds. */
export const READ_SECONDS = 60;

/**
 * An interaction as it stands. What one way refuses for a reason that is none of the interaction's is asked for another
 * way; what worked is tried first the next time, here and, by the notes, elsewhere.
 *
 * @returns the answer of the first way, where none leads to it.
 * @throws {ProviderError} `VIDEO_CLIP_LOST` for one that has no name of Google's.
 */
export async function hearInteraction(
  client: GoogleClient,
  operationName: string,
  { signal, notes }: Pick<CallOptions, 'signal' | 'notes'>,
): Promise<HttpAnswer> {
  if (operationName.startsWith(UNNAMED)) throw nowhereElse(operationName);
  const { omni } = client;
  const { way: known } = await omni.recall(notes);
  let first: HttpAnswer | null = null;
  for (const way of startingWith(WAYS[client.settings.surface], known)) {
    const answer = await hearBy(client, way, operationName, signal).catch((error: unknown) => {
      // Of the first way's answer more is known than that of another none came.
      if (first === null || signal.aborted) throw error;
      return first;
    });
    const meaning = meaningOf(answer, operationName);
    if (meaning === 'READ') await omni.read(operationName, way.name, notes);
    if (meaning === 'READ' || meaning === 'PASSING') return answer;
    first ??= answer;
  }
  if (first === null) throw new Error('There is no way to read an interaction.');
  if (meaningOf(first, operationName) === 'ODD') await omni.unread(operationName, notes);
  return first;
}

/** What an answer says of the way by which it was asked for. */
function meaningOf(answer: HttpAnswer, operationName: string): 'READ' | 'PASSING' | 'NOT_FOUND' | 'ODD' {
  const told = readAnswer(answer, (interaction) => readOmni(interaction, operationName));
  if (told.verdict === 'TRY_AGAIN_LATER') return 'PASSING';
  // Both are about this interaction, whatever the status.
  const isOfIt = told.verdict === 'REFUSED_BY_SAFETY' || told.verdict === 'REFUSED_BY_QUOTA';
  if (answer.status < 400 || isOfIt) return 'READ';
  return told.verdict === 'NOT_KNOWN' && told.about === 'NOT_FOUND' ? 'NOT_FOUND' : 'ODD';
}

const startingWith = (ways: readonly Way[], known: string | null): Way[] =>
  ways.toSorted((one, other) => Number(other.name === known) - Number(one.name === known));

function hearBy(
  client: GoogleClient,
  way: Way,
  operationName: string,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const plan = { ...planOf(client, operationName), limitSeconds: WAY_SECONDS };
  if (way.isStream) return hearStory(client, way, operationName, new InteractionStory(), { plan, signal });
  return hearAnswer(plan, signal, () => way.ask(client, idOf(operationName), null));
}

/**
 * Listens to the events of an interaction for a while, from where its story ends.
 *
 * @returns the interaction as far as it was told, in an answer of success; the answer as it is, where it is no stream.
 */
export async function hearStory(
  client: GoogleClient,
  way: Way,
  operationName: string,
  story: InteractionStory,
  { plan, signal, seconds = LISTEN_SECONDS }: { plan: CallPlan; signal: AbortSignal; seconds?: number },
): Promise<HttpAnswer> {
  const cutter = new EventCutter();
  const piece = (bytes: Buffer) => cutter.cut(bytes).forEach((event) => story.add(event));
  const limited = { ...plan, limitSeconds: seconds };
  let answer: HttpAnswer;
  try {
    const ask = () => way.ask(client, idOf(operationName), story.lastEventId);
    answer = await hearAnswer(limited, signal, ask, { piece });
  } catch (error) {
    if (signal.aborted || story.id === null) throw error;
    answer = { status: 200, text: '', words: '', retryAfterSeconds: null };
  }
  return story.id === null ? answer : { ...answer, text: JSON.stringify(story.tell()) };
}
