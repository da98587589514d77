import { afterAll, beforeEach } from 'vitest';
import { animatic } from '../../src/providers/animatic/index.ts';
import { installProvider } from '../../src/providers/registry.ts';
import { type InstantProvider, instantProvider } from './instant-provider.ts';

/** For a file of tests: a new paid provider in the animatic's place before each of them; the animatic after the last. */
export function useInstantProvider(): () => InstantProvider {
  let provider: InstantProvider;
  beforeEach(() => {
    provider = instantProvider({ paid: true });
    installProvider(provider.adapter);
  });
  afterAll(() => {
    installProvider(animatic);
  });
  return () => provider;
}
