/** What of the log somebody looks for. */
import { type InputIssue, refuseIssues } from '../../../core/errors.ts';
import { decodeGlobalId } from '../../../core/ids.ts';
import { cleanText } from '../../../core/outside-text.ts';
import { scopeOf } from '../../../core/scopes.ts';
import type { AuditEventType, AuditLevel, Prisma } from '../../../generated/prisma/client.ts';
import type { Ctx } from '../../../platform/context.ts';
import { ofScope } from './log-filter.ts';
import { type Span, whereBetween } from './log-time.ts';

type Maybe<Value> = Value | null | undefined;

/** What is left out does not narrow. */
export type AuditQuery = {
  /** Global id of what entries are about, of a deleted object too. */
  subject?: Maybe<string>;
  /** Global id of what they are about or told of as well. */
  within?: Maybe<string>;
  /** This one, and those that matter more. */
  level?: Maybe<AuditLevel>;
  eventType?: Maybe<readonly AuditEventType[]>;
  /** Who acted, as it is written in the entries. */
  actor?: Maybe<string>;
  between?: Maybe<Span>;
};

/** From the least on. */
const LEVELS: readonly AuditLevel[] = ['INFO', 'WARNING', 'ERROR'];

/**
 * What entries have to meet; whose they are is not asked here.
 *
 * @throws {InvalidInputError} naming each of `filter.subject`, `filter.within` that is no id, and `filter.between.to` before `from`.
 */
export async function whereAudited(
  { db }: Pick<Ctx, 'db'>,
  query: AuditQuery,
): Promise<Prisma.AuditLogWhereInput> {
  refuseIssues(issuesOf(query));
  const { level, eventType, actor, between } = query;
  const subject = decodeGlobalId(query.subject ?? '');
  const within = decodeGlobalId(query.within ?? '');
  const conditions: Prisma.AuditLogWhereInput[] = [
    ...(subject ? [{ subjectType: subject.type, subjectId: subject.id }] : []),
    ...(within ? [ofScope(scopeOf(within.type, within.id))] : []),
    ...(level && level !== LEVELS[0] ? [{ level: { in: LEVELS.slice(LEVELS.indexOf(level)) } }] : []),
    ...(eventType ? [{ eventType: { in: [...eventType] } }] : []),
    ...(actor == null ? [] : [{ actor }]),
    ...(between?.from || between?.to ? [await whereBetween(db, between)] : []),
  ];
  return { AND: conditions };
}

const issuesOf = ({ subject, within, between }: AuditQuery): InputIssue[] => [
  ...idIssues('subject', subject),
  ...idIssues('within', within),
  ...(between?.from && between.to && between.to < between.from
    ? [{ path: ['filter', 'between', 'to'], message: 'Must not be before `from`.' }]
    : []),
];

const idIssues = (name: string, id: Maybe<string>): InputIssue[] =>
  id == null || decodeGlobalId(id)
    ? []
    : [
        {
          path: ['filter', name],
          message: `Must be the id of an object, as in "project_0197f3c2-….", not "${cleanText(id, 60)}".`,
        },
      ];
