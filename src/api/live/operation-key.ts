import { hash } from 'node:crypto';
import {
  type DefinitionNode,
  type DocumentNode,
  type ExecutionArgs,
  Kind,
  OperationTypeNode,
  print,
  visit,
} from 'graphql';

/** A document as text, and its variables that only say where events begin. */
type Shape = { text: string; cursors: ReadonlySet<string> };

const shapes = new WeakMap<DocumentNode, Shape>();

/**
 * The same for all operations whose events may share their results: a digest of document, operation and variables, but
 * not of where on each subscriber listens from.
 */
export function operationKey({ document, operationName, variableValues }: ExecutionArgs): string {
  const { text, cursors } = shapeOf(document);
  const variables = Object.entries(variableValues ?? {}).filter(([name]) => !cursors.has(name));
  return hash('sha256', JSON.stringify([text, operationName ?? null, variables]), 'base64');
}

function shapeOf(document: DocumentNode): Shape {
  const known = shapes.get(document);
  if (known) return known;
  const text = document.loc?.source.body ?? print(document);
  const shape = { text, cursors: cursorsOf(document) };
  shapes.set(document, shape);
  return shape;
}

/** Variables given to a subscription's `after` and used for nothing else. */
function cursorsOf(document: DocumentNode): Set<string> {
  const uses = new Map<string, number>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void uses.set(name.value, (uses.get(name.value) ?? 0) + 1),
  });
  return new Set(document.definitions.flatMap(afterOf).filter((name) => uses.get(name) === 1));
}

function afterOf(definition: DefinitionNode): string[] {
  if (definition.kind !== Kind.OPERATION_DEFINITION) return [];
  if (definition.operation !== OperationTypeNode.SUBSCRIPTION) return [];
  const [field] = definition.selectionSet.selections;
  const after = field?.kind === Kind.FIELD && field.arguments?.find(({ name }) => name.value === 'after');
  return after && after.value.kind === Kind.VARIABLE ? [after.value.name.value] : [];
}
