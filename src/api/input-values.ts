import {
  type ASTVisitor,
  getOperationAST,
  GraphQLError,
  isInputType,
  Kind,
  specifiedRules,
  typeFromAST,
  validateInputLiteral,
  validateInputValue,
  type DocumentNode,
  type GraphQLSchema,
  type ValidationContext,
  validate,
  visit,
  ValuesOfCorrectTypeRule,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Past these a document is hopeless, and telling more only costs. */
const MAX_ERRORS = 20;

const rules = [...specifiedRules.filter((rule) => rule !== ValuesOfCorrectTypeRule), inputLiteralsRule];

/**
 * Refuses values that do not fit the schema's types as every other bad value is: code INVALID_INPUT and
 * `issues` that name the field. graphql-js names it only within the text of its message.
 */
export function useTypedInputErrors(): Plugin {
  return {
    onValidate({ setValidationFn }) {
      setValidationFn((schema: GraphQLSchema, document: DocumentNode) =>
        validate(schema, document, rules, { maxErrors: MAX_ERRORS }),
      );
    },
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

function inputLiteralsRule(context: ValidationContext): ASTVisitor {
  return {
    Argument({ name, value }) {
      const argument = context.getArgument();
      if (!argument) return;
      validateInputLiteral(value, argument.type, (error, path) =>
        context.reportError(invalidInput(error, [name.value, ...path])),
      );
    },
    VariableDefinition({ variable, type, defaultValue }) {
      const inputType = typeFromAST(context.getSchema(), type);
      if (!defaultValue || !isInputType(inputType)) return;
      validateInputLiteral(defaultValue, inputType, (error, path) =>
        context.reportError(invalidInput(error, [variable.name.value, ...path])),
      );
    },
  };
}

type Operation = {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName?: string | null | undefined;
  variableValues?: { readonly [name: string]: unknown } | null | undefined;
};

function checkVariables({ schema, document, operationName, variableValues }: Operation): GraphQLError[] {
  const errors: GraphQLError[] = [];
  const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
  for (const definition of definitions) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    const value = variableValues?.[name];
    if (!isInputType(type) || (value === undefined && definition.defaultValue)) continue;
    validateInputValue(value, type, (error, path) => {
      const place = [...placeOf(name, document), ...path];
      errors.push(invalidInput(error, place, { http: { spec: true, status: 400 } }));
    });
  }
  return errors;
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

/** Paths start at the input's root; `input` is the argument that every mutation has. */
function invalidInput(error: GraphQLError, path: (string | number)[], extensions: object = {}): GraphQLError {
  const [root, ...rest] = path.map(String);
  const fromRoot = root === 'input' || root === undefined ? rest : [root, ...rest];
  const issues = [{ path: fromRoot, message: error.message }];
  return new GraphQLError(`${fromRoot.join('.') || 'input'}: ${error.message}`, {
    nodes: error.nodes,
    extensions: { code: 'INVALID_INPUT', issues, ...extensions },
  });
}
