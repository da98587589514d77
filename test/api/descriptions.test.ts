import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
  validate,
} from 'graphql';
import { expect, test } from 'vitest';
import { graphiqlTabs } from '../../src/api/graphiql/graphiql-tabs.ts';
import { schema } from '../../src/api/schema.ts';

type Described = { name: string; description?: string | null | undefined };

const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);

function partsOf(type: GraphQLNamedType): [place: string, part: Described][] {
  const own: [string, Described] = [type.name, type];
  if (isEnumType(type)) return [own, ...type.getValues().map(named(type.name))];
  if (isInputObjectType(type)) return [own, ...Object.values(type.getFields()).map(named(type.name))];
  if (!isObjectType(type) && !isInterfaceType(type)) return [own];
  const fields = Object.values(type.getFields());
  const args = fields.flatMap((field) => field.args.map(named(`${type.name}.${field.name}`)));
  return [own, ...fields.map(named(type.name)), ...args];
}

const named =
  (place: string) =>
  (part: Described): [string, Described] => [`${place}.${part.name}`, part];

test('everything in the schema is described', () => {
  const bare = types.flatMap(partsOf).filter(([, { description }]) => !description?.trim());
  expect(bare.map(([place]) => place)).toEqual([]);
});

test('the text of a column is the text of its field', () => {
  expect(String(schema.getType('Keyframe')?.description)).toBe('First or last frame of a scene.');
  const status = schema.getType('SceneStatus');
  expect(isEnumType(status) && status.getValue('KEYFRAMES_DONE')?.description).toBe('Both frames exist.');
});

test('every operation that GraphiQL opens with fits the schema', () => {
  const errors = graphiqlTabs.flatMap(({ query }) => [...validate(schema, parse(query))]);
  expect(errors).toEqual([]);
});
