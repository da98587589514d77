import { readFileSync } from 'node:fs';
import { buildSchema, isInputObjectType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { inCliWords, wordedAnswer } from '../../src/cli/command/api-words.ts';
// Every command brings its words along.
import '../../src/cli/program.ts';
import { sentencesOf, sources } from '../support/sources.ts';

const types = Object.values(buildSchema(readFileSync('schema.graphql', 'utf8')).getTypeMap());
const fields = types
  .filter((type) => isInputObjectType(type) || ['Mutation', 'Query', 'Subscription'].includes(type.name))
  .flatMap((type) => (isInputObjectType(type) || isObjectType(type) ? Object.values(type.getFields()) : []));

/** Names of mutations, queries, subscriptions, arguments and input fields that are no word of a language. */
const API_NAMES = new Set(
  fields
    .flatMap((field) => [
      field.name,
      ...('args' in field ? field.args.map((argument: { name: string }) => argument.name) : []),
    ])
    .filter((name) => /[a-z][A-Z]/.test(name)),
);

/** Told only to those who asked the API themselves: no command makes a webhook, lists dead letters or uses the client. */
const OF_THE_API_ALONE =
  /^src\/(features\/webhooks|graphql|api|client)\/|\.(graphql|sql)\.ts$|^src\/(cli|generated)\//;

const namesOfApi = ({ text }: { text: string }) =>
  (text.match(/\w+/g) ?? []).some((word) => API_NAMES.has(word));

test('no message that a command may show has a name of the API in it', () => {
  const told = sources()
    .filter(({ file }) => !OF_THE_API_ALONE.test(file))
    .flatMap((source) => sentencesOf(source).map((text) => ({ file: source.file, text: inCliWords(text) })));
  expect(told.length).toBeGreaterThan(100);
  expect(told.filter(namesOfApi)).toEqual([]);
});

test('a message says the command; ids, titles and settings stay as they are', () => {
  expect(inCliWords('The film is complete; to cut it anew, use stitchFilm.')).toBe(
    'The film is complete; to cut it anew, use vidpipe stitch.',
  );
  expect(inCliWords('Set GOOGLE_CLOUD_PROJECT.')).toBe('Set GOOGLE_CLOUD_PROJECT.');
  expect(
    wordedAnswer({ run: { title: 'stitchFilm', errorMessage: 'Use retryScene.' }, list: [null] }),
  ).toEqual({ run: { title: 'stitchFilm', errorMessage: 'Use vidpipe retry.' }, list: [null] });
});
