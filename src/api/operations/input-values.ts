import {
  type ASTVisitor,
  getOperationAST,
  GraphQLError,
  isInputType,
  isNonNullType,
  Kind,
  TypeInfo,
  typeFromAST,
  type DocumentNode,
  type GraphQLSchema,
  type ValidationContext,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { isFile } from '../../graphql/scalar-types.ts';
import { checkInput } from './check-input.ts';
import { literalReader, variableReader } from './given.ts';
import { MAX_ISSUES } from './issues.ts';

/** Ours: JSON of a person's making. Far deeper, whoever walks it runs out of stack. */
const MAX_NESTING = 32;

/**
 * Refuses variables that do not fit the schema's types, or hold what cannot be kept, as every other bad value is: code
 * INVALID_INPUT and `issues` that name the field. At most 20 are told.
 */
export function useTypedInputErrors(): Plugin {
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const errors = checkVariables(args);
      if (errors.length > 0) setResultAndStopExecution({ errors });
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const errors = checkVariables(args);
      if (errors.length > 0) setResultAndStopExecution({ errors });
    },
  };
}

/** The same for values written into a document: a rule in place of graphql-js' own. */
export function inputLiteralsRule(context: ValidationContext): ASTVisitor {
  return {
    Argument({ name, value }) {
      const argument = context.getArgument();
      if (!argument) return;
      checkInput(value, argument.type, literalReader, (path, message) => {
        context.reportError(invalidInput([name.value, ...path], message, { nodes: value }));
        return true;
      });
    },
    VariableDefinition({ variable, type, defaultValue }) {
      const inputType = typeFromAST(context.getSchema(), type);
      if (!defaultValue || !isInputType(inputType)) return;
      checkInput(defaultValue, inputType, literalReader, (path, message) => {
        const place = [...placeOf(variable.name.value, context.getDocument()), ...path];
        context.reportError(invalidInput(place, message, { nodes: defaultValue }));
        return true;
      });
    },
  };
}

type Operation = {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName?: string | null | undefined;
  variableValues?: { readonly [name: string]: unknown } | null | undefined;
};

/** What is wrong with an operation's variables, as the client sees it. */
export function checkVariables({
  schema,
  document,
  operationName,
  variableValues,
}: Operation): GraphQLError[] {
  const errors: GraphQLError[] = [];
  for (const [name, value] of Object.entries(variableValues ?? {})) {
    if (isDeeper(value, MAX_NESTING))
      return [refused(placeOf(name, document), `Must not be nested more than ${MAX_NESTING} deep.`)];
  }
  for (const definition of getOperationAST(document, operationName)?.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    const value = variableValues?.[name];
    if (!isInputType(type) || (value === undefined && definition.defaultValue)) continue;
    if (value === null && definition.defaultValue && isRefusedSomewhere(name, schema, document))
      errors.push(refused(placeOf(name, document), 'Must not be null.'));
    const goOn = checkInput(value, type, variableReader, (path, message) => {
      errors.push(refused([...placeOf(name, document), ...path], message));
      return errors.length < MAX_ISSUES;
    });
    if (!goOn) break;
  }
  return errors;
}

/**
 * Whether a variable stands where the schema takes no null. With a default it may (GraphQL, 5.8.5), though null may be
 * given in its place.
 */
function isRefusedSomewhere(variable: string, schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let isRefused = false;
  const visitor: ASTVisitor = {
    Variable: ({ name }) => {
      isRefused ||= name.value === variable && isNonNullType(types.getInputType());
    },
  };
  visit(document, visitWithTypeInfo(types, visitor));
  return isRefused;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null || isFile(value)) return false;
  if (levels === 0) return true;
  // Without a list of them: there may be a million.
  for (const name in value) if (isDeeper((value as Record<string, unknown>)[name], levels - 1)) return true;
  return false;
}

/** Where a variable's value goes: the argument it is given to, and the way into its input object. */
function placeOf(variable: string, document: DocumentNode): string[] {
  let place: string[] | undefined;
  visit(document, {
    Variable({ name }, _key, parent, _path, ancestors) {
      if (place || name.value !== variable) return;
      const above = [...ancestors, parent].filter((entry) => entry !== undefined && 'kind' in entry);
      const steps = above.filter((node) => node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD);
      if (steps.length > 0) place = steps.map((step) => step.name.value);
    },
  });
  return place ?? [variable];
}

const refused = (place: readonly string[], message: string) =>
  invalidInput(place, message, { extensions: { http: { spec: true, status: 400 } } });

type Told = Pick<ConstructorParameters<typeof GraphQLError>[1] & object, 'nodes' | 'extensions'>;

/** Paths start at the input's root; `input` is the argument that every mutation has, named where all of it is wrong. */
function invalidInput(place: readonly string[], message: string, { nodes, extensions }: Told): GraphQLError {
  const path = place[0] === 'input' && place.length > 1 ? place.slice(1) : [...place];
  return new GraphQLError(`${path.join('.')}: ${message}`, {
    nodes,
    extensions: { code: 'INVALID_INPUT', issues: [{ path, message }], ...extensions },
  });
}
