/** Reads the source files of the program as syntax, for the tests that hold its structure. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

export type Source = { file: string; text: string };

const GENERATED = /^src\/(generated|cli\/generated)\//;

/** Every file of a folder whose name ends like that and that a person wrote, as paths from the repository's root. */
export const filesUnder = (folder: string, ...ends: string[]): Source[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => path.posix.join(folder, file))
    .filter((file) => ends.some((end) => file.endsWith(end)) && !GENERATED.test(file))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }));

/** Every TypeScript file under `src` that a person wrote. */
export const sources = (): Source[] => filesUnder('src', '.ts', '.tsx');

function parse({ file, text }: Source) {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  return program;
}

/** What a file imports: files as paths from the root, packages by the name that it wrote. */
export function importsOf(source: Source): string[] {
  const found: string[] = [];
  const add = (specifier: string) =>
    found.push(
      specifier.startsWith('.') ? path.posix.join(path.posix.dirname(source.file), specifier) : specifier,
    );
  new Visitor({
    ImportDeclaration: (node) => void add(node.source.value),
    ExportAllDeclaration: (node) => void add(node.source.value),
    ExportNamedDeclaration: (node) => void (node.source && add(node.source.value)),
    ImportExpression: ({ source: from }) => {
      if (from.type === 'Literal' && typeof from.value === 'string') add(from.value);
    },
  }).visit(parse(source));
  return found;
}

const CLIENTS = new Set(['db', 'prisma']);

const TRANSACTIONS = new Set(['$transaction', 'recordTogether']);

/** Uses of a database client inside a transaction's callback that are not the callback's own, as `file:offset`. */
export function outerClientUses(source: Source): string[] {
  const found: string[] = [];
  const callbacks: { start: number; end: number }[] = [];
  const isInside = (at: number) => callbacks.some(({ start, end }) => start < at && at < end);
  const use = (name: string, at: number) => {
    if (CLIENTS.has(name) && isInside(at)) found.push(`${source.file}:${lineOf(source.text, at)} ${name}`);
  };
  new Visitor({
    CallExpression: ({ callee, arguments: given }) => {
      const called = callee.type === 'MemberExpression' ? callee.property : callee;
      if (called.type !== 'Identifier' || !TRANSACTIONS.has(called.name)) return;
      callbacks.push(...given.filter(isFunction));
    },
    // `{ ...ctx, db: tx }` names a key, `ctx.db` and `db` read a client.
    MemberExpression: ({ object, property, computed }) => {
      if (!computed && property.type === 'Identifier') use(property.name, property.start);
      if (object.type === 'Identifier') use(object.name, object.start);
    },
    Property: ({ value }) => {
      if (value.type === 'Identifier') use(value.name, value.start);
    },
  }).visit(parse(source));
  return found;
}

const isFunction = ({ type }: { type: string }) =>
  type === 'ArrowFunctionExpression' || type === 'FunctionExpression';

const lineOf = (text: string, at: number) => text.slice(0, at).split('\n').length;

/** Tagged templates and calls that send SQL as text, by the name they are called with. */
export function rawSqlOf(source: Source): string[] {
  const found: string[] = [];
  const RAW = /^\$(queryRaw|executeRaw)(Unsafe)?$/;
  new Visitor({
    MemberExpression: ({ property }) => {
      if (property.type === 'Identifier' && RAW.test(property.name)) found.push(property.name);
    },
  }).visit(parse(source));
  return found;
}

/** What a person may be told: string literals and parts of templates that hold more than one word. */
export function sentencesOf(source: Source): string[] {
  const found: string[] = [];
  const add = (text: unknown) => {
    if (typeof text === 'string' && /[a-z] \S/.test(text)) found.push(text);
  };
  new Visitor({
    Literal: ({ value }) => add(value),
    TemplateElement: ({ value }) => add(value.cooked),
  }).visit(parse(source));
  return found;
}

/** Every `where` that names a workspace by itself, as the key stands there. */
export function ownWheresOf(source: Source): string[] {
  const found: string[] = [];
  let depth = 0;
  const visitor = new Visitor({
    Property(node) {
      if (nameOf(node) === 'where') depth += 1;
      else if (depth > 0 && nameOf(node) === 'workspaceId')
        found.push(source.text.slice(node.start, node.end));
    },
    'Property:exit'(node) {
      if (nameOf(node) === 'where') depth -= 1;
    },
  });
  visitor.visit(parse(source));
  return found;
}

/** Rows that a file reads by hand: the model, and the call as it is written. */
export function readsOf(source: Source): { model: string; call: string }[] {
  const found: { model: string; call: string }[] = [];
  const READS = /^(find|count|aggregate|groupBy)/;
  new Visitor({
    CallExpression({ callee, start, end }) {
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      if (!READS.test(callee.property.name) || callee.object.type !== 'MemberExpression') return;
      const { property } = callee.object;
      if (property.type === 'Identifier')
        found.push({ model: property.name, call: source.text.slice(start, end) });
    },
  }).visit(parse(source));
  return found;
}

/** Writes of a file that set a `status`: the model, as the client calls it. */
export function statusWritesOf(source: Source): string[] {
  const found: string[] = [];
  const WRITES = /^(update|upsert)/;
  new Visitor({
    CallExpression({ callee, arguments: [asked] }) {
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      if (!WRITES.test(callee.property.name) || callee.object.type !== 'MemberExpression') return;
      const model = callee.object.property;
      if (model.type !== 'Identifier' || asked?.type !== 'ObjectExpression') return;
      const data = asked.properties.find(
        (property) => property.type === 'Property' && nameOf(property) === 'data',
      );
      if (data?.type !== 'Property' || data.value.type !== 'ObjectExpression') return;
      if (
        data.value.properties.some(
          (property) => property.type === 'Property' && nameOf(property) === 'status',
        )
      )
        found.push(model.name);
    },
  }).visit(parse(source));
  return found;
}

/** Name of a key of an object, where it is one. */
const nameOf = ({ key }: { key: { type: string } }): string | null =>
  key.type === 'Identifier' && 'name' in key && typeof key.name === 'string' ? key.name : null;
