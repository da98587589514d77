import type { Project } from '../../generated/prisma/client.ts';
import type { RemoteClips } from '../../providers/capabilities/clip.ts';
import { requireCapability } from '../../providers/registry.ts';

/** How the project's provider has clips made elsewhere; only for clips that have an operation. */
export function requireRemote({ provider }: Pick<Project, 'provider'>): RemoteClips {
  const clips = requireCapability(provider, 'CLIP');
  if (clips.kind !== 'OPERATION') throw new Error(`${provider} has no operations.`);
  return clips;
}
