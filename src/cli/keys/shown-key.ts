import type { OwnedKey } from '../../keys.ts';
import { oneLine } from '../output/text-width.ts';

/** A key without what makes it one, for programs. */
export const shownKey = ({
  prefix,
  name,
  workspace,
  createdAt,
  expiresAt,
  revokedAt,
  lastUsedAt,
}: OwnedKey) => ({
  prefix,
  name,
  workspace: workspace.name,
  state: stateOf({ expiresAt, revokedAt }),
  createdAt,
  expiresAt,
  revokedAt,
  lastUsedAt,
});

/** The same in a line for a person. */
export function toldKey(apiKey: OwnedKey): string {
  const { prefix, name, workspace, state, expiresAt, lastUsedAt } = shownKey(apiKey);
  const until = expiresAt === null ? 'never expires' : `expires ${expiresAt.toISOString()}`;
  const used = lastUsedAt === null ? 'never used' : `last used ${lastUsedAt.toISOString()}`;
  return oneLine(`${prefix}  ${state.padEnd(7)}  ${until}, ${used}  ${workspace}  ${name}`);
}

function stateOf({ expiresAt, revokedAt }: Pick<OwnedKey, 'expiresAt' | 'revokedAt'>) {
  if (revokedAt) return 'REVOKED';
  return expiresAt && expiresAt <= new Date() ? 'EXPIRED' : 'HOLDS';
}
