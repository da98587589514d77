/** A vendor offers what it can; what it cannot is refused at the one door, with who can. */
import { afterEach, expect, test } from 'vitest';
import { checkProjectInput } from '../../src/features/projects/project-input.ts';
import { filmProviders } from '../../src/features/projects/film-provider.ts';
import { animatic } from '../../src/providers/animatic/index.ts';
import { installProvider, providers, requireCapability } from '../../src/providers/registry.ts';

const { STORYBOARD } = animatic.capabilities;
const writer = { name: 'GOOGLE', label: 'A writer', capabilities: { STORYBOARD } } as const;

afterEach(() => void delete providers.GOOGLE);

const refusal = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
};

test('what a vendor offers is had by its name', () => {
  installProvider(writer);
  expect(requireCapability('GOOGLE', 'STORYBOARD')).toMatchObject({ model: { name: 'animatic' } });
});

test('what it does not offer is refused, and who does is named', () => {
  installProvider(writer);
  expect(refusal(() => requireCapability('GOOGLE', 'CLIP'))).toMatchObject({
    code: 'INVALID_INPUT',
    inputPath: ['provider'],
    message: 'provider: A writer does not offer CLIP; choose ANIMATIC.',
  });
});

test('one that has no key here is not configured, whatever it offers', () => {
  expect(refusal(() => requireCapability('GOOGLE', 'CLIP'))).toMatchObject({
    code: 'PROVIDER_NOT_CONFIGURED',
    inputPath: ['provider'],
  });
});

test('who does not do all of it makes no films: it is not among those who do, and no project is made by it', () => {
  installProvider(writer);
  expect(filmProviders().map(({ name }) => name)).toEqual(['ANIMATIC']);
  expect(refusal(() => checkProjectInput({ prompt: 'A fox wakes.', provider: 'GOOGLE' }))).toMatchObject({
    code: 'INVALID_INPUT',
    issues: [{ path: ['provider'] }],
  });
});
