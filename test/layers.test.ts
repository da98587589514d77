import { expect, test } from 'vitest';
import { RunStage } from '../src/generated/prisma/enums.ts';
import { importsOf, outerClientUses, rawSqlOf, sources } from './support/sources.ts';

/** From the ground up: a file may import its own layer or a lower one, never a higher one. */
const LAYERS: [layer: string, files: RegExp][] = [
  ['core', /^src\/core\//],
  ['text', /^src\/text\//],
  ['script', /^src\/script\//],
  ['platform', /^src\/(platform|generated)\//],
  ['media', /^src\/media\//],
  ['sheets', /^src\/sheets\//],
  ['subtitles', /^src\/subtitles\//],
  ['providers', /^src\/providers\//],
  ['features', /^src\/features\/(?!.*\.graphql\.ts$)/],
  ['graphql', /^src\/graphql\//],
  ['faces', /^src\/features\/.*\.graphql\.ts$/],
  ['api', /^src\/api\//],
  ['worker', /^src\/worker\//],
  ['client', /^src\/client\//],
  ['entry', /^src\/(cli|web)\/|^src\/[^/]+\.ts$/],
];

/** From the ground up: between two features, imports point down this list only. */
const FEATURES = [
  'workspaces',
  'assets',
  'idempotency',
  'audit',
  'api-keys',
  'budget',
  'runs',
  'revisions',
  'projects',
  'storyboards',
  'references',
  'keyframes',
  'video-clips',
  'videos',
  'trends',
  'scripts',
  'publishing',
  'transcripts',
  'ingests',
  'moments',
  'pipelines',
  'jobs',
  'upkeep',
  'webhooks',
];

/** From the ground up: what commands share. Every other folder of `src/cli` is a noun with its commands. */
const CLI_SHARED = ['generated', 'command', 'output', 'input', 'server', 'progress', 'money', 'watching'];

/** What prices are told of, in words for people. */
const PRICE_LIST = /\/(prices|usage)\.graphql\.ts$/;

const LONGEST_FILE_LINES = 300;
const MEDIAN_FILE_LINES = 70;

const all = sources();
const layerOf = (file: string) => LAYERS.findIndex(([, files]) => files.test(file));
const featureOf = (file: string) => /^src\/features\/([^/]+)\//.exec(file)?.[1];
const rankOf = (file: string) => FEATURES.indexOf(featureOf(file) ?? '');
const cliFolderOf = (file: string) => /^src\/cli\/([^/]+)\//.exec(file)?.[1];
const cliRankOf = (folder: string) => [...CLI_SHARED, folder].indexOf(folder);

const importPairs = all.flatMap((source) =>
  importsOf(source).map((target) => ({ file: source.file, target })),
);
const arrow = ({ file, target }: { file: string; target: string }) => `${file} -> ${target}`;

test('every file belongs to a layer and every feature to the list', () => {
  expect(all.map(({ file }) => file).filter((file) => layerOf(file) < 0)).toEqual([]);
  expect(all.map(({ file }) => file).filter((file) => featureOf(file) && rankOf(file) < 0)).toEqual([]);
});

test('imports point down the layers', () => {
  const upward = importPairs.filter(({ file, target }) => layerOf(target) > layerOf(file));
  expect(upward.map(arrow)).toEqual([]);
});

test('imports point down the features', () => {
  const sideways = importPairs.filter(
    ({ file, target }) => rankOf(file) >= 0 && rankOf(target) > rankOf(file),
  );
  expect(sideways.map(arrow)).toEqual([]);
});

test('the rules of a feature know no GraphQL', () => {
  const GRAPHQL = /^(graphql|@pothos|@graphql-)/;
  const wrong = importPairs.filter(
    ({ file, target }) => layerOf(file) < layerOf('src/graphql/builder.ts') && GRAPHQL.test(target),
  );
  expect(wrong.map(arrow)).toEqual([]);
});

test('the command line is a client: from the layers below it takes only settings, logs and errors', () => {
  const allowed =
    /^src\/(cli|client|core|platform\/(config|settings|log))|^src\/(server|doctor|live-try|keys)\.ts$/;
  const wrong = importPairs.filter(
    ({ file, target }) => file.startsWith('src/cli/') && target.startsWith('src/') && !allowed.test(target),
  );
  expect(wrong.map(arrow)).toEqual([]);
});

test('commands import what they share, never each other; only the program knows them all', () => {
  const wrong = importPairs.filter(({ file, target }) => {
    const [from, to] = [cliFolderOf(file), cliFolderOf(target)];
    if (!file.startsWith('src/cli/') || !target.startsWith('src/cli/') || from === to) return false;
    return from !== undefined && (to === undefined || cliRankOf(to) >= cliRankOf(from));
  });
  expect(wrong.map(arrow)).toEqual([]);
});

test('vidpipe/client runs in browsers: it takes nothing of the server, and nothing of Node', () => {
  const allowed = /^src\/client\/|^graphql(-sse|-ws\/client)?$/;
  const wrong = importPairs.filter(
    ({ file, target }) => file.startsWith('src/client/') && !allowed.test(target),
  );
  expect(wrong.map(arrow)).toEqual([]);
});

test('the engine knows no flow: nothing of it names a stage', () => {
  const names = new RegExp(`\\b(${Object.values(RunStage).join('|')})\\b`);
  const engine = all.filter(({ file }) => featureOf(file) === 'runs');
  expect(engine.filter(({ text }) => names.test(text)).map(({ file }) => file)).toEqual([]);
});

test('money knows nothing of what it is spent on: what is bought and capped is named by scopes', () => {
  const names = /project|scene|storyboard|keyframe|clip/i;
  const budget = all.filter(({ file }) => featureOf(file) === 'budget' && !PRICE_LIST.test(file));
  const lines = budget.flatMap(({ file, text }) => text.split('\n').map((line) => `${file}: ${line.trim()}`));
  expect(lines.filter((line) => names.test(line))).toEqual([]);
});

test('log and engine know nothing of what a project is: both tell it by its scope', () => {
  const below = all.filter(({ file }) => /^src\/features\/(audit|runs)\//.test(file));
  expect(below.filter(({ text }) => /projectId|isProject/.test(text)).map(({ file }) => file)).toEqual([]);
});

test('stages are told apart within their flow: nothing goes over all that there are', () => {
  const overAll = /\bRecord<RunStage\b|\b\w+ in RunStage\b|\bObject\.\w+\(RunStage\)/;
  expect(all.filter(({ text }) => overAll.test(text)).map(({ file }) => file)).toEqual([]);
});

test('raw SQL of a feature lives in its .sql.ts files', () => {
  const wrong = all.filter(({ file }) => featureOf(file) && !file.endsWith('.sql.ts'));
  expect(wrong.flatMap((source) => rawSqlOf(source).map((name) => `${source.file} ${name}`))).toEqual([]);
});

test('which revision counts is said in one place, for Prisma and for SQL', () => {
  const own = /\bsupersededAt: (null|\{)|\bsuperseded_at IS\b/;
  expect(all.filter(({ text }) => own.test(text)).map(({ file }) => file)).toEqual([
    'src/features/revisions/current.sql.ts',
  ]);
});

test('a transaction uses its own client: the outer one would wait for it until P2028', () => {
  expect(all.flatMap(outerClientUses)).toEqual([]);
});

test('no folder is called utils', () => {
  expect(
    all.map(({ file }) => file).filter((file) => /\/(utils?|helpers?|common|misc)(\/|\.)/.test(file)),
  ).toEqual([]);
});

test('files are small', () => {
  const lines = all.map(({ file, text }) => ({ file, lines: text.split('\n').length }));
  expect(lines.filter((entry) => entry.lines > LONGEST_FILE_LINES)).toEqual([]);
  const sorted = lines.map((entry) => entry.lines).toSorted((a, b) => a - b);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(MEDIAN_FILE_LINES);
});
