import { type Asked, readAsked, readDocument, type Reading } from './read-request.ts';

/** A request as its bytes, of a body or a socket's message, or the document of one that was read already. */
export type Given = { json: Uint8Array; of: 'body' | 'message' } | { document: string };

/** `sketch` is what is no request, with the same that is wrong with it but small. */
export type Read =
  | (Reading & { id?: string })
  /** No JSON, for this reason. */
  | { malformed: string }
  | { sketch: unknown };

/** Characters of what a client made up. */
const MOST_QUOTED = 100;
/** Names of a request's fields that are told. */
const MOST_NAMES = 5;
const NAMES = ['query', 'variables', 'operationName', 'extensions'];

/** Reads a request, or what is left to read of it. */
export default function read(given: Given): Read {
  if ('document' in given) return readDocument(given.document);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(given.json));
  } catch (error) {
    return { malformed: (error as SyntaxError).message };
  }
  if (given.of === 'body') return isAsked(value) ? readAsked(value) : { sketch: sketchOf(value) };
  if (!isObject(value) || value['type'] !== 'subscribe') return { sketch: {} };
  const { id, payload } = value;
  if (typeof id !== 'string' || id.length === 0 || !isAsked(payload)) return { sketch: {} };
  return { ...readAsked(payload), id };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isAsked(value: unknown): value is Asked {
  if (!isObject(value) || Object.keys(value).some((name) => !NAMES.includes(name))) return false;
  const { query, operationName, variables, extensions } = value;
  return (
    typeof query === 'string' &&
    typeof (operationName ?? '') === 'string' &&
    isObject(variables ?? {}) &&
    isObject(extensions ?? {})
  );
}

function sketchOf(value: unknown, isOuter = true): unknown {
  if (typeof value === 'string') return value.slice(0, MOST_QUOTED);
  if (Array.isArray(value)) return [];
  if (!isObject(value)) return value;
  if (!isOuter) return {};
  const names = Object.keys(value);
  const shown = [...NAMES.filter((name) => names.includes(name)), ...names.slice(0, MOST_NAMES)];
  return Object.fromEntries(shown.map((name) => [name.slice(0, MOST_QUOTED), sketchOf(value[name], false)]));
}
