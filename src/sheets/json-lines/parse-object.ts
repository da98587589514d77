import { DEEPEST_JSON } from '../../core/outside-text.ts';

export type ObjectResult =
  | { entries: [key: string, value: string][] }
  | { code: 'NOT_JSON' | 'NOT_AN_OBJECT'; reason: string };

/** The keys of a line's object, and what a cell shows of their values: texts as they are, numbers as written, nothing for null, and lists and objects as JSON. */
export function parseObject(text: string): ObjectResult {
  const value = parse(text);
  if (value === undefined) return { code: 'NOT_JSON', reason: 'The line is no JSON.' };
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Written)
    return { code: 'NOT_AN_OBJECT', reason: 'The line is no object; write {"column": "value", ...}.' };
  if (!isShallow(value, DEEPEST_JSON))
    return {
      code: 'NOT_JSON',
      reason: `Its lists and objects lie in each other more than ${DEEPEST_JSON} deep.`,
    };
  return {
    entries: Object.entries(value).map(([key, item]) => [key.normalize('NFC').trim(), shown(item)]),
  };
}

/** What Node 24 has and ES2024 has not: the text of what is read, and text that is written as it is. */
const json = JSON as unknown as {
  parse(
    text: string,
    revive: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
};

/** A number as it stands in the text: read as one, the 17th figure of an id would be another. */
class Written {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  toJSON(): unknown {
    return json.rawJSON(this.source);
  }
}

function parse(text: string): unknown {
  try {
    return json.parse(text, (_key, value, { source }) =>
      typeof value === 'number' ? new Written(source!) : value,
    );
  } catch {
    return undefined;
  }
}

const isShallow = (value: unknown, levels: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((item) => isShallow(item, levels - 1)));

function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  return value instanceof Written ? value.source : JSON.stringify(value);
}
