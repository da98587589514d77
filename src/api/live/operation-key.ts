import {
  type ArgumentNode,
  type DocumentNode,
  type ExecutionArgs,
  getOperationAST,
  Kind,
  print,
  visit,
} from 'graphql';

/** A document as text, and the variable that only says where its events begin. */
type Shape = { text: string; cursorVariable: string | undefined };

const shapes = new WeakMap<DocumentNode, Shape>();

/**
 * The same for all operations whose events may share their results: document, operation and variables, but not
 * from where on each subscriber listens.
 */
export function operationKey({ document, operationName, variableValues = {} }: ExecutionArgs): string {
  const { text, cursorVariable } = shapeOf(document, operationName);
  const variables = Object.entries(variableValues ?? {}).filter(([name]) => name !== cursorVariable);
  return JSON.stringify([text, operationName ?? null, variables]);
}

function shapeOf(document: DocumentNode, operationName: string | null | undefined): Shape {
  const known = shapes.get(document);
  if (known) return known;
  const shape = {
    text: document.loc?.source.body ?? print(document),
    cursorVariable: cursorVariableOf(document, operationName),
  };
  shapes.set(document, shape);
  return shape;
}

/** The variable given to the subscription's `after`, if it is used for nothing else. */
function cursorVariableOf(document: DocumentNode, operationName: string | null | undefined) {
  const [field] = getOperationAST(document, operationName)?.selectionSet.selections ?? [];
  const after = field?.kind === Kind.FIELD ? field.arguments?.find(isAfter) : undefined;
  if (after?.value.kind !== Kind.VARIABLE) return undefined;
  const name = after.value.name.value;
  let uses = 0;
  visit(document, {
    VariableDefinition: () => false,
    Variable: (node) => void (node.name.value === name && (uses += 1)),
  });
  return uses === 1 ? name : undefined;
}

const isAfter = ({ name }: ArgumentNode) => name.value === 'after';
