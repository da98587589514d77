import { encodeGlobalId, type NodeType } from '../../core/ids.ts';
import { AuditEventType, AuditLevel, type AuditLog } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';
import { visibleEntries } from './audit.ts';

export const AuditLevelEnum = prismaEnum('AuditLevel', AuditLevel);
export const AuditEventTypeEnum = prismaEnum('AuditEventType', AuditEventType);

/** Higher features add the run and the project an entry belongs to. */
export const AuditLogNode = builder.prismaNode('AuditLog', {
  id: { field: 'id', description: 'Its one id everywhere: `audit_log_<uuid>`.' },
  nullable: true,
  findUnique: (id, { actor }) => ({ id, AND: [visibleEntries(actor)] }),
  fields: (t) => ({
    cursor: t.string({
      description: 'Place in the log: give it to a subscription as `after` to hear what followed.',
      resolve: cursorOf,
    }),
    time: t.expose('time', { type: 'DateTime' }),
    level: t.expose('level', { type: AuditLevelEnum }),
    eventType: t.expose('eventType', { type: AuditEventTypeEnum }),
    actor: t.exposeString('actor'),
    subjectType: t.exposeString('subjectType'),
    subject: t.node({ description: 'What it tells of; null once that is deleted.', id: subjectId }),
    version: t.exposeInt('version', { nullable: true }),
    message: t.exposeString('message'),
    details: t.expose('details', { type: 'JSON' }),
  }),
});

/** Global id of what an entry tells of. */
export const subjectId = ({ subjectType, subjectId: id }: Pick<AuditLog, 'subjectType' | 'subjectId'>) =>
  encodeGlobalId(subjectType as NodeType, id);

/** Place of a committed entry in the log. */
export function cursorOf({ sequence }: Pick<AuditLog, 'sequence'>): string {
  if (sequence === null) throw new Error('An entry has its place in the log once it is committed');
  return String(sequence);
}
