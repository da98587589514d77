import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import ErrorsPlugin from '@pothos/plugin-errors';
import PrismaPlugin, { type PrismaModelTypes, type PrismaObjectRef } from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import { decodeGlobalId, encodeGlobalId, type NodeType } from '../core/ids.ts';
import type PrismaTypes from '../generated/pothos.ts';
import { getDatamodel } from '../generated/pothos.ts';
import type { ApiContext } from './context.ts';
import { COMPLEXITY_OPTIONS } from './cost.ts';
import NullableRootsPlugin from './nullable-roots.ts';
import { relayTexts } from './relay-texts.ts';

/** Types the builder knows before any feature adds its own. */
type SchemaTypes = {
  Context: ApiContext;
  PrismaTypes: PrismaTypes;
  DefaultFieldNullability: false;
  DefaultInputFieldRequiredness: true;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
  Connection: { totalCount: () => Promise<number> };
  Scalars: {
    DateTime: { Input: Date; Output: Date };
    File: { Input: File; Output: never };
    ID: { Input: string; Output: string };
    JSON: { Input: unknown; Output: unknown };
    SafeInt: { Input: number; Output: number };
    URL: { Input: URL; Output: string };
  };
};

/** What the builder knows, as its own types call for it. */
type GraphTypes = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;

/** What the `fields` of an input type are built with; lets several inputs share some. */
export type InputFields = PothosSchemaTypes.InputFieldBuilder<GraphTypes, 'InputObject'>;

/** The type in the graph of a model's rows. */
export type ModelNode<Name extends keyof PrismaTypes> = PrismaObjectRef<
  GraphTypes,
  PrismaModelTypes & PrismaTypes[Name],
  object
>;

/** The one schema builder; features add their types to it as their modules load. */
export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [ErrorsPlugin, ComplexityPlugin, RelayPlugin, PrismaPlugin, NullableRootsPlugin],
  defaultFieldNullability: false,
  defaultInputFieldRequiredness: true,
  errors: { directResult: true },
  complexity: COMPLEXITY_OPTIONS,
  relay: {
    ...relayTexts,
    // `node` and `nodes` are our own (node.ts): theirs cannot name the path of a malformed id.
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    encodeGlobalID: (type, id) => encodeGlobalId(type as NodeType, String(id)),
    decodeGlobalID: (globalId) => {
      const decoded = decodeGlobalId(globalId);
      if (!decoded) throw new Error(`"${globalId}" is not an id`);
      return { typename: decoded.type, id: decoded.id };
    },
  },
  prisma: {
    client: ({ db }) => db,
    dmmf: getDatamodel(),
    exposeDescriptions: true,
    onUnusedQuery: 'error',
  },
});

builder.queryType({
  description: 'What can be read. A field that fails is null, with an error; the others are answered.',
});
builder.mutationType({
  description:
    'What can be changed. Each field answers with its payload or a typed error; null, with an error, if it failed otherwise.',
});
builder.subscriptionType({
  description:
    'What can be followed. Each event carries the cursor to come back with: `after` replays what was missed, in order, then goes on live.',
});
