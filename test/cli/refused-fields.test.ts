import { expect, test } from 'vitest';
import { learn } from '../../src/cli/command/api-words.ts';
import { failureOf, payloadOf } from '../../src/cli/server/refusals.ts';

const issues = [{ path: ['rows', '3', 'prompt'], message: 'Must be a text.' }];

// As commands do that take a prompt.
learn({ fields: { prompt: 'prompt' } });

test('a field that nobody types is named as the API writes it', () => {
  const refusal = { __typename: 'InvalidInputError', code: 'INVALID_INPUT', message: '', path: null, issues };
  expect(() => payloadOf(refusal as { __typename: string }, 'JobPayload')).toThrow(
    'rows[3].prompt: Must be a text.',
  );
  const error = { message: '', extensions: { code: 'INVALID_INPUT', issues } };
  expect(failureOf([error]).message).toBe('rows[3].prompt: Must be a text.');
});
