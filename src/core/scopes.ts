/**
 * Scopes: names of what entries of the log are about and of what money counts for, as in `project:<uuid>`. Whoever asks
 * for all of a project's asks by its scope; log and ledger know none of the things that they name.
 */
import { ID_PREFIXES, NODE_TYPES, type NodeType } from './ids.ts';

/** Bare UUIDs, by their types; nothing for those that there are not. */
type Ids = Partial<Record<NodeType, string | null | undefined>>;

/** The word is that with which ids begin; only a run's is shorter. */
const WORDS: Record<NodeType, string> = { ...ID_PREFIXES, PipelineRun: 'run' };
const TYPES = new Map(NODE_TYPES.map((type) => [WORDS[type], type]));

/** The scope of one object. */
export const scopeOf = (type: NodeType, id: string): string => `${WORDS[type]}:${id}`;

/** Scopes of the objects that there are, in the order in which they are given. */
export const scopesOf = (ids: Ids): string[] =>
  Object.entries(ids).flatMap(([type, id]) => (id ? [scopeOf(type as NodeType, id)] : []));

/** What a scope is one of, in a word: `project`, `run`, `day`. */
export const wordOf = (scope: string): string => scope.slice(0, scope.indexOf(':'));

/** Bare UUID of the object of a type that is among scopes; null without one. */
export function idAmong(scopes: readonly string[], type: NodeType): string | null {
  const start = scopeOf(type, '');
  return scopes.find((scope) => scope.startsWith(start))?.slice(start.length) ?? null;
}

/** The object that a scope is of; null for what is none, as a day. */
export function objectOf(scope: string): { type: NodeType; id: string } | null {
  const word = wordOf(scope);
  const type = TYPES.get(word);
  return type ? { type, id: scope.slice(word.length + 1) } : null;
}
