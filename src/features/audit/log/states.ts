/** State machines: one way for every row with a status to go on, and for the log to tell of it. */
import type { NodeType } from '../../../core/ids.ts';
import { IllegalTransition, sourcesOf, type Transitions } from '../../../core/state-machine.ts';
import type { Actor } from '../../../platform/context.ts';
import { type ModelName, type RowOf, type WhereOf, writerOf } from '../../../platform/database/any-model.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { type AuditEntry, recordAll, recordAudit } from './audit.ts';

type Stateful = ModelName & NodeType;

type Options<Name extends Stateful, Status extends string, Cause> = {
  /** Model of its rows, and their type in the log. They have a `status` and a `version`. */
  type: Name;
  /** What one of them is called, for drawings and errors: `A scene`. */
  title: string;
  /** Where a status may lead. The first is that of a new row. */
  transitions: Transitions<Status>;
  /** What the log says of a row as it is now; `from` is where it was before, null for a new one. */
  tell: (row: RowOf<Name>, from: Status | null, cause: Cause) => Told;
};

type Told = Pick<AuditEntry, 'scopes' | 'message' | 'level' | 'details'> &
  Partial<Pick<AuditEntry, 'eventType'>>;

/** A row as it stood before. */
type Before<Status> = { id: string; status: Status };

export type States<Name extends Stateful, Status extends string, Cause> = Pick<
  Options<Name, Status, Cause>,
  'type' | 'title' | 'transitions'
> & {
  /**
   * Moves a row to another status with what else changes then, raises its version and records it.
   *
   * @returns the row as it is then.
   * @throws {IllegalTransition} if its table does not allow the move from where it stands now, whatever `before` says.
   */
  move(
    tx: Tx,
    actor: Actor,
    before: Before<Status>,
    to: Status,
    cause: Cause,
    data?: object,
  ): Promise<RowOf<Name>>;
  /**
   * Moves every row that meets `where` from one status to another with what else changes then, as `move` does, a
   * thousand at a time.
   *
   * @returns how many there were.
   * @throws {IllegalTransition} if its table does not allow the move.
   */
  moveAll(
    tx: Tx,
    actor: Actor,
    where: WhereOf<Name>,
    way: { from: Status; to: Status },
    cause: Cause,
    data?: object,
  ): Promise<number>;
  /** Changes a row that stays where it is, raises its version and records it. */
  change(tx: Tx, actor: Actor, before: Before<Status>, data: object, cause: Cause): Promise<RowOf<Name>>;
  /** Records a row as it is: a new one, or one of which more is to be told. */
  record(tx: Tx, actor: Actor, row: RowOf<Name>, from: Status | null, cause: Cause): Promise<void>;
};

/** Rows that one statement moves: each comes back whole, to be told of. */
const AT_ONCE = 1_000;

const machines: Pick<States<Stateful, string, never>, 'type' | 'title' | 'transitions'>[] = [];

/** Every machine that this process has loaded, for drawings. */
export const allStates = (): readonly (typeof machines)[number][] => machines;

/** Defines the machine of a model's rows. Nothing else writes their status. */
export function defineStates<Name extends Stateful, Status extends string, Cause>({
  type,
  title,
  transitions,
  tell,
}: Options<Name, Status, Cause>): States<Name, Status, Cause> {
  const entryOf = (row: RowOf<Name>, from: Status | null, cause: Cause): AuditEntry => {
    const { id, version } = row as { id: string; version: number };
    return { subject: { type, id }, version, eventType: 'STATE_CHANGE', ...tell(row, from, cause) };
  };
  const record = (tx: Tx, actor: Actor, row: RowOf<Name>, from: Status | null, cause: Cause) =>
    recordAudit(tx, actor, entryOf(row, from, cause));
  const writeAll = (tx: Tx, where: object, data: object, limit?: number) =>
    writerOf(tx, type).updateManyAndReturn({
      where,
      data: { ...data, version: { increment: 1 } },
      ...(limit !== undefined && { limit }),
    });
  const write = async (tx: Tx, where: object, data: object) => (await writeAll(tx, where, data))[0];
  machines.push({ type, title, transitions });
  return {
    type,
    title,
    transitions,
    record,
    async move(tx, actor, { id, status }, to, cause, data = {}) {
      const row = await write(
        tx,
        { id, status: { in: sourcesOf(transitions, to) } },
        { ...data, status: to },
      );
      if (!row) throw new IllegalTransition(title, id, to);
      await record(tx, actor, row, status, cause);
      return row;
    },
    async moveAll(tx, actor, where, { from, to }, cause, data = {}) {
      if (!transitions[from].includes(to)) throw new IllegalTransition(title, `in ${from}`, to);
      let moved = 0;
      for (;;) {
        const rows = await writeAll(tx, { AND: [where, { status: from }] }, { ...data, status: to }, AT_ONCE);
        await recordAll(
          tx,
          actor,
          rows.map((row) => entryOf(row, from, cause)),
        );
        moved += rows.length;
        if (rows.length < AT_ONCE) return moved;
      }
    },
    async change(tx, actor, { id, status }, data, cause) {
      const row = await write(tx, { id }, data);
      if (!row) throw new Error(`${title} ${id} is gone.`);
      await record(tx, actor, row, status, cause);
      return row;
    },
  };
}
