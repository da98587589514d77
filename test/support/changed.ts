import type { FilmProvider } from '../../src/providers/adapter.ts';
import type { CapabilityOf } from '../../src/providers/capabilities/capabilities.ts';
import type { RemoteClips } from '../../src/providers/capabilities/clip.ts';

type Changes = { [Name in keyof FilmProvider['capabilities']]?: Partial<CapabilityOf[Name]> };

/** The same provider, some of whose capabilities do something in another way. */
export function changed(provider: FilmProvider, changes: Changes): FilmProvider {
  const capabilities = Object.fromEntries(
    Object.entries(provider.capabilities).map(([name, capability]) => [
      name,
      { ...capability, ...changes[name as keyof Changes] },
    ]),
  );
  return { ...provider, capabilities: capabilities as FilmProvider['capabilities'] };
}

/** How a provider has clips made elsewhere. */
export function remoteClips({ label, capabilities: { CLIP } }: FilmProvider): RemoteClips {
  if (CLIP.kind !== 'OPERATION') throw new Error(`${label} has no operations.`);
  return CLIP;
}
