/** Where a status may go: `{ PENDING: ['RUNNING'], … }`. A status that leads nowhere is final. */
export type Transitions<Status extends string> = Readonly<Record<Status, readonly Status[]>>;

/** Every status that may lead to `target`: the compare-and-set puts them into its WHERE. */
export function sourcesOf<Status extends string>(table: Transitions<Status>, target: Status): Status[] {
  const statuses = Object.keys(table) as Status[];
  return statuses.filter((status) => table[status].includes(target));
}

/** An illegal move was refused: a bug, or a step that finished after its run was ended. */
export class IllegalTransition extends Error {
  override readonly name = 'IllegalTransition';

  constructor(what: string, id: string, target: string) {
    super(`${what} ${id} may not become ${target} from where it stands.`);
  }
}
