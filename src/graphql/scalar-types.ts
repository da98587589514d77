/** Scalars that GraphQL does not have by itself; without the builder, for whoever reads values and makes no graph. */
import { GraphQLError, GraphQLScalarType } from 'graphql';
import { DateTimeResolver, JSONResolver, SafeIntResolver, URLResolver } from 'graphql-scalars';

/** Whether a value is a part of a multipart request. */
export const isFile = (value: unknown): value is File =>
  typeof value === 'object' &&
  value !== null &&
  'arrayBuffer' in value &&
  typeof value.arrayBuffer === 'function';

const FileType = new GraphQLScalarType<File, never>({
  name: 'File',
  serialize() {
    throw new Error('Files only come in.');
  },
  parseValue(value) {
    if (isFile(value)) return value;
    throw new GraphQLError('Must be a part of a multipart/form-data request, with its place in `map`.');
  },
  parseLiteral() {
    throw new GraphQLError('Must be a variable, and a part of a multipart/form-data request.');
  },
});

export const SCALARS = {
  DateTime: DateTimeResolver,
  File: FileType,
  JSON: JSONResolver,
  SafeInt: SafeIntResolver,
  URL: URLResolver,
};
