/** Requests with files (GraphQL multipart request specification); Yoga's own reader breaks on those that are not well made. */
import { GraphQLError } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { z } from 'zod';
import { isLightJson } from '../operations/request-weight.ts';
import type { Transport } from '../operations/served-context.ts';
import { type Form, FormFault, MOST_FILES } from './read-form.ts';
import type { Upload } from './uploads.ts';

/** Places that one file goes to; ours. */
const MOST_PLACES = 10;

const operationsPart = z.looseObject({ variables: z.record(z.string(), z.unknown()).default({}) });
/** Name of a part -> where it goes: `variables.input.image`. */
const mapPart = z
  .record(z.string(), z.array(z.unknown()).min(1).max(MOST_PLACES))
  .refine((files) => Object.keys(files).length <= MOST_FILES, `At most ${MOST_FILES} file at once.`)
  .pipe(z.record(z.string(), z.array(z.string().regex(/^variables(\.\w+)+$/))));

/** Takes the request from a form that was read, with each file in its place. */
export function useMultipart(): Plugin<object, Transport> {
  return {
    onRequestParse({ serverContext: { upload }, setRequestParser }) {
      if (upload) setRequestParser(() => requestOf(upload));
    },
  };
}

function requestOf(upload: Upload): GraphQLParams {
  if (upload instanceof FormFault) throw malformed(upload.message);
  const { fields, files } = upload;
  const operations = partOf(fields, 'operations', operationsPart);
  for (const [name, places] of Object.entries(partOf(fields, 'map', mapPart))) {
    const file = files.get(name);
    if (!file) throw malformed(`map: there is no file "${name}".`);
    for (const place of places) put(operations, place, file);
  }
  return operations as GraphQLParams;
}

function partOf<Part>(fields: Form['fields'], name: string, schema: z.ZodType<Part>): Part {
  const { data, error } = schema.safeParse(jsonOf(fields.get(name)));
  if (error) throw malformed(`${name}: ${z.prettifyError(error)}`);
  return data;
}

/** Undefined for what is no JSON, or too much to be read at once: nothing that comes with a file is. */
function jsonOf(part: string | undefined): unknown {
  try {
    return part !== undefined && isLightJson(Buffer.from(part)) ? JSON.parse(part) : undefined;
  } catch {
    return undefined;
  }
}

/** Where a file goes there is a null (the specification's), and nothing on the way that the request did not bring. */
function put(operations: object, place: string, file: File): void {
  const path = place.split('.');
  const last = path.pop() ?? '';
  let at: unknown = operations;
  for (const key of path) at = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  if (!isObject(at) || !Object.hasOwn(at, last) || at[last] !== null)
    throw malformed(`map: there is no null at ${place} of operations.`);
  at[last] = file;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const malformed = (why: string) =>
  new GraphQLError(`The multipart request is not well made. ${why}`, {
    extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
  });
