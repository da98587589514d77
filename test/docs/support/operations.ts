/** The operations that README and docs show, for the tests that hold them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Kind, type OperationDefinitionNode, parse, print, visit } from 'graphql';

export type Shown = {
  /** `docs/money.md mutation setRunCostCap`. */
  name: string;
  kind: OperationDefinitionNode['operation'];
  /** First field that it asks for. */
  field: string;
  operation: OperationDefinitionNode;
};

const PAGES = ['README.md', ...readdirSync('docs').map((name) => path.join('docs', name))].filter((name) =>
  name.endsWith('.md'),
);

/** Every operation on every page, one by one. */
export const shownOperations = (): Shown[] =>
  PAGES.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/```graphql\n([\s\S]*?)```/g)].flatMap(([, text = '']) =>
      operationsOf(page, text),
    ),
  );

/** Those of one text. */
export const operationsOf = (page: string, text: string): Shown[] =>
  parse(text).definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return [];
    const [first] = definition.selectionSet.selections;
    const field = first?.kind === Kind.FIELD ? first.name.value : '';
    return [
      {
        name: `${page} ${definition.operation} ${field}`,
        kind: definition.operation,
        field,
        operation: definition,
      },
    ];
  });

/** Whether a text stands for one that a reader has: `project_...`, `keyframe:0197...:END:1`. */
const isPlaceholder = (text: string) => text.includes('...') && !text.includes('{');

/** The operation with every placeholder filled in by what begins like it. */
export const filled = ({ operation }: Shown, values: Readonly<Record<string, string>>): string =>
  print(
    visit(operation, {
      StringValue(node) {
        if (!isPlaceholder(node.value)) return undefined;
        const start = node.value.split(/\.\.\.|0197/)[0] ?? '';
        const value = values[start];
        if (value === undefined) throw new Error(`Nothing is there for "${node.value}".`);
        return { ...node, value };
      },
    }),
  );

/** The operation with something wrong in it: ids that nobody has, or else a first value that is none. */
export function spoiled({ operation }: Shown, unknownId: (start: string) => string): string {
  let isSpoiled = false;
  const withIds = visit(operation, {
    StringValue(node) {
      if (!isPlaceholder(node.value)) return undefined;
      isSpoiled = true;
      return { ...node, value: unknownId(node.value) };
    },
  });
  const once = <Node>(change: Node): Node | undefined => {
    if (isSpoiled) return undefined;
    isSpoiled = true;
    return change;
  };
  return print(
    visit(withIds, {
      StringValue: (node) => once({ ...node, value: '' }),
      IntValue: (node) => once({ ...node, value: '-1' }),
    }),
  );
}
