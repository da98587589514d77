/** Places of a source file that can be broken, and how. */
import { parseSync } from 'oxc-parser';

/** One change of a file's text that a test should notice. */
export type Site = {
  /** Of the text that is changed, in UTF-16 units. */
  start: number;
  end: number;
  /** What stands there instead; null takes the statement away. */
  changed: string | null;
  /** From 1. */
  line: number;
};

type Node = { type: string; start: number; end: number } & Record<string, unknown>;

/** Every place of a TypeScript file where one of the operators below applies. */
export function sitesOf(name: string, source: string): Site[] {
  const sites: Site[] = [];
  const textOf = ({ start, end }: Node) => source.slice(start, end);
  const visit = (node: Node, parent: Node | null) => {
    if (isType(node)) return;
    for (const { at, changed } of changesOf(node, parent, textOf)) {
      const line = source.slice(0, at.start).split('\n').length;
      sites.push({ start: at.start, end: at.end, changed, line });
    }
    for (const child of childrenOf(node)) visit(child, node);
  };
  visit(parseSync(name, source).program as unknown as Node, null);
  return sites;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode);

/** Expressions that only carry a type are looked into; types are not. */
const isType = ({ type }: Node): boolean =>
  type.startsWith('Import') ||
  (type.startsWith('TS') &&
    !['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression'].includes(type));

const OPERATORS: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '**': '*',
  '&&': '||',
  '||': '&&',
  '??': '&&',
};

type Change = { at: Node; changed: string | null };

function changesOf(node: Node, parent: Node | null, textOf: (node: Node) => string): Change[] {
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression': {
      const { left, right, operator } = node as Node & { left: Node; right: Node; operator: string };
      const other = OPERATORS[operator];
      if (!other || (operator === '+' && [left, right].some(isText))) return [];
      return [{ at: node, changed: `(${textOf(left)}) ${other} (${textOf(right)})` }];
    }
    case 'UnaryExpression':
      return node['operator'] === '!' ? [{ at: node, changed: textOf(node['argument'] as Node) }] : [];
    case 'ConditionalExpression': {
      const [test, yes, no] = ['test', 'consequent', 'alternate'].map((part) => textOf(node[part] as Node));
      return [{ at: node, changed: `(${test}) ? (${no}) : (${yes})` }];
    }
    case 'IfStatement': {
      const test = node['test'] as Node;
      return [{ at: test, changed: `!(${textOf(test)})` }];
    }
    case 'Literal':
      return parent && !isKey(node, parent) ? literalChanges(node) : [];
    case 'ExpressionStatement':
    case 'ThrowStatement':
      return isSilent(textOf(node)) || parent?.type === 'Program' ? [] : [{ at: node, changed: null }];
    default:
      return [];
  }
}

function literalChanges(node: Node): Change[] {
  const { value } = node;
  if (typeof value === 'boolean') return [{ at: node, changed: String(!value) }];
  return typeof value === 'number' ? [{ at: node, changed: String(value + 1) }] : [];
}

const isText = ({ type, value }: Node): boolean => type === 'TemplateLiteral' || typeof value === 'string';

const isKey = (node: Node, parent: Node): boolean =>
  parent['key'] === node ||
  (parent.type === 'MemberExpression' && parent['property'] === node && !parent['computed']);

/** Statements whose absence only people could notice, or that are directives. */
const isSilent = (text: string): boolean => /^(log|console|ctx\.log)\.|^['"]/.test(text);
