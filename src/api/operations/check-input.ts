/** Whether a value fits its type and can be kept, whoever gave it and however; each misfit is told by its place. */
import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';
import { storableIssue } from '../../core/storable.ts';
import { isFile } from '../../graphql/scalar-types.ts';
import type { Reader, Shape } from './given.ts';
import { cut } from './issues.ts';

/** Ours: no list of inputs has a use for more, and PostgreSQL takes 32,767 values in one statement. */
const MAX_ENTRIES = 100;
/** Characters of a message. What graphql-js quotes of a value in it are fewer than a hundred. */
const MAX_MESSAGE = 140;
/** Characters of a field's name that the client made up. */
const MAX_NAME = 100;

/** Where a value stands, from the outside in. */
type Path = readonly string[];

/** Told of each misfit; it throws or answers false once it wants to hear no more. */
export type Report = (path: Path, message: string) => boolean;

/** @returns false once `report` wants to hear no more: nothing else is looked at. */
export function checkInput<Value>(
  given: Value | undefined,
  type: GraphQLInputType,
  reader: Reader<Value>,
  report: Report,
  path: Path = [],
): boolean {
  const shape = reader.shapeOf(given);
  const misfit = (message: string) => report(path, cut(message, MAX_MESSAGE));
  const check = (value: Value | undefined, inner: GraphQLInputType, step: string) =>
    checkInput(value, inner, reader, report, [...path, step]);

  if (shape.kind === 'VARIABLE') return true;
  if (isNonNullType(type)) {
    if (shape.kind === 'MISSING') return misfit('Must be given.');
    if (shape.kind === 'NULL') return misfit('Must not be null.');
    return checkInput(given, type.ofType, reader, report, path);
  }
  if (given === undefined || shape.kind === 'MISSING' || shape.kind === 'NULL') return true;
  if (isListType(type)) {
    if (shape.kind !== 'LIST') return checkInput(given, type.ofType, reader, report, path);
    const { entries } = shape;
    if (entries.length > MAX_ENTRIES)
      return misfit(`May have at most ${MAX_ENTRIES} entries, not ${entries.length}.`);
    return entries.every((entry, index) => check(entry, type.ofType, String(index)));
  }
  if (isInputObjectType(type)) {
    if (shape.kind !== 'OBJECT') return misfit(`Must be an object: ${type.name}.`);
    return checkFields(shape, type, check, (name, message) =>
      report([...path, cut(name, MAX_NAME)], cut(message, MAX_MESSAGE)),
    );
  }
  const issue = reader.misfit(given, type) ?? textIssue(reader.plain(given));
  return issue === null || misfit(issue);
}

type Fields<Value> = Extract<Shape<Value>, { kind: 'OBJECT' }>;

function checkFields<Value>(
  given: Fields<Value>,
  type: GraphQLInputObjectType,
  check: (value: Value | undefined, type: GraphQLInputType, name: string) => boolean,
  misfit: (name: string, message: string) => boolean,
): boolean {
  const known = type.getFields();
  const isFit = Object.values(known).every((field) =>
    given.get(field.name) === undefined && !isRequiredInputField(field)
      ? true
      : check(given.get(field.name), field.type, field.name),
  );
  if (!isFit) return false;
  for (const name of given.names()) {
    if (Object.hasOwn(known, name)) continue;
    const others = Object.keys(known).join(', ');
    if (!misfit(name, `Is no field of ${type.name}; it has ${others}.`)) return false;
  }
  return true;
}

/** What is wrong with the texts in a value, however deep; names of fields are texts too. A file is none of them. */
function textIssue(value: unknown): string | null {
  if (typeof value === 'string') return storableIssue(value);
  if (typeof value !== 'object' || value === null || isFile(value)) return null;
  for (const [name, inner] of Object.entries(value)) {
    const issue = storableIssue(name) ?? textIssue(inner);
    if (issue !== null) return issue;
  }
  return null;
}
