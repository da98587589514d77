import { GraphQLError } from 'graphql';
import { DateTimeResolver, JSONResolver, SafeIntResolver, URLResolver } from 'graphql-scalars';
import { builder } from './builder.ts';

builder.addScalarType('DateTime', DateTimeResolver, {
  description: 'Moment in ISO 8601, UTC, with milliseconds: `2026-11-21T20:15:00.000Z`.',
});
builder.addScalarType('JSON', JSONResolver, { description: 'Any JSON value.' });
builder.addScalarType('SafeInt', SafeIntResolver, {
  description:
    'Whole number beyond 32 bits (bytes, micro-USD), exact up to 2^53 - 1, written as a JSON number.',
});
builder.addScalarType('URL', URLResolver, { description: 'Absolute address, as in RFC 3986.' });

/** Whether a value is a part of a multipart request. */
export const isFile = (value: unknown): value is File =>
  typeof value === 'object' &&
  value !== null &&
  'arrayBuffer' in value &&
  typeof value.arrayBuffer === 'function';

builder.scalarType('File', {
  description:
    'A file, as a part of a multipart/form-data request (GraphQL multipart request specification); a variable, never written into a document.',
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
