import { animatic } from './animatic/index.ts';
import type { ProviderAdapter } from './provider.ts';

/** Every provider there is, by name. A new one is one line here. */
export const providers: Record<ProviderAdapter['name'], ProviderAdapter> = {
  ANIMATIC: animatic,
};

/** The provider of that name. */
export const getProvider = (name: ProviderAdapter['name']): ProviderAdapter => providers[name];

/** Puts another adapter in a provider's place, in this process; before the server starts. */
export const installProvider = (adapter: ProviderAdapter): void => {
  providers[adapter.name] = adapter;
};
