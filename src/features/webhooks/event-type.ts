/** Names of the log's events, as Standard Webhooks has them: `scene.video_done`. */
import { z } from 'zod';
import { globalIdPrefix, type NodeType } from '../../core/ids.ts';
import {
  type AuditLog,
  ProjectStatus,
  ReviewStatus,
  RunStatus,
  SceneStatus,
  VideoClipStatus,
  WebhookStatus,
} from '../../generated/prisma/client.ts';

/** What the log tells of, and the statuses it may tell that it moved to. */
const SUBJECTS: Partial<Record<NodeType, object>> = {
  Workspace: {},
  Project: ProjectStatus,
  Scene: SceneStatus,
  Keyframe: {},
  VideoClip: VideoClipStatus,
  PipelineRun: RunStatus,
  DeadLetter: {},
  Video: ReviewStatus,
  LedgerEntry: {},
  Webhook: WebhookStatus,
};

/** What is told of everything beside its statuses. */
const OTHERS = ['changed', 'deleted', 'error', 'api_call', 'row_event'];

const KNOWN = new Map(
  Object.entries(SUBJECTS).map(([type, statuses]) => [
    globalIdPrefix(type as NodeType),
    [...Object.keys(statuses).map((status) => status.toLowerCase()), ...OTHERS],
  ]),
);

const move = z.object({ from: z.string().nullish(), to: z.string().nullish() });

/** The type of the event an entry of the log tells: where its subject moved to, or else what kind of thing happened. */
export function eventTypeOf({ subjectType, eventType, details }: AuditLog): string {
  return `${globalIdPrefix(subjectType as NodeType)}.${what(eventType, move.safeParse(details).data)}`;
}

function what(eventType: AuditLog['eventType'], moved: z.infer<typeof move> | undefined): string {
  if (moved?.to && moved.to !== moved.from) return moved.to.toLowerCase();
  if (moved?.from && moved.to === null) return 'deleted';
  return eventType === 'STATE_CHANGE' ? 'changed' : eventType.toLowerCase();
}

/** Whether one of `patterns` (`scene.video_done`, `scene.*`, `*`) means events of `type`. */
export const matches = (patterns: readonly string[], type: string): boolean =>
  patterns.some((pattern) => pattern === '*' || pattern === type || pattern === `${subjectOf(type)}.*`);

/** What is wrong with a pattern, and what would be right; null if some event may match it. */
export function patternIssue(pattern: string): string | null {
  if (pattern === '*') return null;
  const subject = subjectOf(pattern);
  const names = KNOWN.get(subject);
  if (!names) return `Must be * or start with one of ${[...KNOWN.keys()].join('., ')}.`;
  const name = pattern.slice(subject.length + 1);
  if (name === '*' || names.includes(name)) return null;
  return `Must be ${subject}.* or ${subject}. and one of ${names.join(', ')}.`;
}

const subjectOf = (type: string) => type.slice(0, Math.max(0, type.indexOf('.')));
