/** What an event tells of: its type and its status, in words that all types share. */
import { z } from 'zod';
import { encodeGlobalId, ID_PREFIXES, NODE_TYPES, type NodeType } from '../../core/ids.ts';
import {
  JobRowStatus,
  JobStatus,
  ProjectStatus,
  ReviewStatus,
  RunStatus,
  SceneStatus,
  VideoClipStatus,
  WebhookStatus,
} from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { prismaEnums } from '../../graphql/prisma-enum.ts';
import type { NumberedEntry } from './log/numbered-entry.ts';

/** Written as the words of our enums are, and as ids begin: `VIDEO_CLIP` for `video_clip_<uuid>`. */
export const SubjectTypeEnum = builder.enumType('SubjectType', {
  description: 'Type of what an event tells of.',
  values: Object.fromEntries(
    NODE_TYPES.map((type) => [ID_PREFIXES[type].toUpperCase(), { value: type, description: `A ${type}.` }]),
  ) as Record<string, { value: NodeType; description: string }>,
});

const STATUSES = {
  ProjectStatus,
  RunStatus,
  SceneStatus,
  VideoClipStatus,
  ReviewStatus,
  WebhookStatus,
  JobStatus,
  JobRowStatus,
};

/** One enum, for `status` of all events is one field, and a field has one type. */
export const SubjectStatusEnum = prismaEnums(
  'SubjectStatus',
  'Status of what an event tells of; several types share words.',
  STATUSES,
);

type SubjectStatus = typeof SubjectStatusEnum.$inferType;

const words = new Set<string>(Object.values(STATUSES).flatMap((status) => Object.values(status)));

/** A word of the enum; null for what another version of vidpipe wrote. */
const known = (status: string | null) =>
  status !== null && words.has(status) ? (status as SubjectStatus) : null;

const move = z.object({ from: z.string().nullish(), to: z.string().nullable() });

/** The statuses between which an entry tells of a move, to null where it is deleted; progress within one is none. */
export function moveOf(entry: NumberedEntry): Record<'from' | 'to', SubjectStatus | null> {
  const { data: { from = null, to } = { to: null } } = move.safeParse(entry.details);
  return from === to ? { from: null, to: null } : { from: known(from), to: known(to) };
}

/** Whether an entry tells that something was deleted. */
export const isDeletion = ({ details }: NumberedEntry): boolean => move.safeParse(details).data?.to === null;

/** Tells of an entry whether it says that this subject is gone, with everything in it. */
export const isEndOf =
  (subject: Pick<NumberedEntry, 'subjectType' | 'subjectId'>) =>
  (entry: NumberedEntry): boolean =>
    entry.subjectType === subject.subjectType && entry.subjectId === subject.subjectId && isDeletion(entry);

/** Global id of what an entry tells of. */
export const subjectId = ({ subjectType, subjectId: id }: NumberedEntry) =>
  encodeGlobalId(subjectType as NodeType, id);
