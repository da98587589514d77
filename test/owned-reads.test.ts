/** Nothing but `ownedThrough` decides what an actor may see. */
import { expect, test } from 'vitest';
import { ownWheresOf, readsOf, sources } from './support/sources.ts';

const FILES = sources();

/** The engine's own looks: at what a run, a key, a webhook or a video that it has at hand says of its workspace. */
const OF_THE_ENGINE = [
  'src/features/idempotency/make-once.ts',
  'src/features/moments/keep-config.ts',
  'src/features/pipelines/control/continue-held.ts',
  'src/features/pipelines/confirm/find-repeated.ts',
];

/** Of rows that nobody owns, or that belong to a row which the actor was shown. */
const OWNED_BY_THEIR_PARENT = ['webhookDelivery', 'workspace'];

test('no file but the one that is for it tells rows by their workspace', () => {
  const others = FILES.filter(({ file }) => !OF_THE_ENGINE.includes(file));
  const found = others.flatMap((source) => ownWheresOf(source).map((where) => `${source.file}: ${where}`));
  expect(found).toEqual([]);
  const inSql = FILES.filter(
    ({ file, text }) => file.endsWith('.sql.ts') && /workspace_id\s*=\s*\$\{/.test(text),
  );
  expect(inSql.map(({ file }) => file)).toEqual([]);
});

test('whatever the graph reads by an id is read as the actor sees it', () => {
  const faces = FILES.filter(({ file }) => file.endsWith('.graphql.ts'));
  const reads = faces.flatMap((source) => readsOf(source).map((read) => ({ file: source.file, ...read })));
  const blind = reads.filter(
    ({ model, call }) => !OWNED_BY_THEIR_PARENT.includes(model) && !call.includes('visible'),
  );
  expect(blind.map(({ file, call }) => `${file}: ${call}`)).toEqual([]);
  expect(reads.length).toBeGreaterThan(5);
});
