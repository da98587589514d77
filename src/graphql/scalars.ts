import { builder } from './builder.ts';
import { SCALARS } from './scalar-types.ts';

builder.addScalarType('DateTime', SCALARS.DateTime, {
  description: 'Moment in ISO 8601, UTC, with milliseconds: `2026-11-21T20:15:00.000Z`.',
});
builder.addScalarType('JSON', SCALARS.JSON, { description: 'Any JSON value.' });
builder.addScalarType('SafeInt', SCALARS.SafeInt, {
  description:
    'Whole number beyond 32 bits (bytes, micro-USD), exact up to 2^53 - 1, written as a JSON number.',
});
builder.addScalarType('URL', SCALARS.URL, { description: 'Absolute address, as in RFC 3986.' });
builder.addScalarType('File', SCALARS.File, {
  description:
    'A file, as a part of a multipart/form-data request (GraphQL multipart request specification); a variable, never written into a document.',
});
