import { InvalidInputError } from '../core/errors.ts';
import { cleanText } from '../core/outside-text.ts';
import { decodeGlobalId } from '../core/ids.ts';
import { builder } from './builder.ts';

const MAX_NODES = 100;

builder.queryFields((t) => ({
  node: t.node({
    description: 'Anything by its id; null if it does not exist or is not yours.',
    args: { id: t.arg.id({ description: 'Id of anything.' }) },
    id: (_root, { id }) => requireGlobalId(id, ['id']),
  }),
  nodes: t.nodeList({
    description:
      'Many things by their ids, in the order of the ids; null for each that is missing or not yours.',
    args: { ids: t.arg.idList({ description: `Ids of anything, at most ${MAX_NODES}.` }) },
    ids: (_root, { ids }) => {
      if (ids.length > MAX_NODES) {
        throw new InvalidInputError([{ path: ['ids'], message: `At most ${MAX_NODES} ids at once.` }]);
      }
      return ids.map((id, index) => requireGlobalId(id, ['ids', String(index)]));
    },
  }),
}));

function requireGlobalId(id: string, path: string[]): string {
  if (decodeGlobalId(id)) return id;
  const message = `Must be an id as this API gives them, as in "project_0197f3c2-…", not "${cleanText(id, 60)}".`;
  throw new InvalidInputError([{ path, message }]);
}
