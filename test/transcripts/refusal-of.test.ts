import { expect, test } from 'vitest';
import { refusalOf } from '../../src/features/transcripts/refusal-of.ts';
import { refused } from '../../src/subtitles/problem.ts';

const told = (line: number | null, reason: string) =>
  refusalOf(refused('FILE_DAMAGED', reason, line)).issues[0]?.message;

test('a refusal names its line once, and no other line stands for it', () => {
  expect(told(1, 'The cue in line 1 has no end.')).toBe('The cue in line 1 has no end.');
  expect(told(1, 'The cue in line 12 has no end.')).toBe('Line 1: The cue in line 12 has no end.');
  expect(told(null, 'It is empty.')).toBe('It is empty.');
});
