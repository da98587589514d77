/** Prints the providers that the environment adds, and what of Google's libraries is loaded for them. */
import { registerHooks } from 'node:module';
import { loadConfig } from '../../../src/platform/config.ts';

const loaded: string[] = [];
registerHooks({
  resolve(specifier, context, next) {
    if (['@google/genai', 'google-auth-library'].includes(specifier)) loaded.push(specifier);
    return next(specifier, context);
  },
});

const { configureProviders, providers } = await import('../../../src/providers/registry.ts');
configureProviders(loadConfig(process.env));
console.log(JSON.stringify([...Object.keys(providers).filter((name) => name !== 'ANIMATIC'), ...loaded]));
// A child that waits for a film to draw would keep the process.
process.exit();
