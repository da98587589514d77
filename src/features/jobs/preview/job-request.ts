/** What a person asks of a job, checked before anything of its sheet is read. */
import { refuseIssues, type InputIssue } from '../../../core/errors.ts';
import { messageOf } from '../../../core/outside-text.ts';
import type { JobKind } from '../../../generated/prisma/client.ts';
import type { ReadSheetOptions } from '../../../sheets/sheet.ts';
import { capIssues } from '../../budget/cap.ts';
import { checkKey } from '../../idempotency/idempotency-key.ts';
import type { RowInput } from '../kinds/kind.ts';
import { rulesOf } from '../kinds/kinds.ts';
import type { Mapping } from './mapping.ts';

export type JobSource = {
  /** As it is called where it comes from; null for rows that came inline. */
  fileName: string | null;
  /** Whether its rows came as the field `rows`, one a line. */
  isInline?: true;
  content: Blob;
};

export type JobRequest = ReadSheetOptions & {
  kind: JobKind;
  /** The file's name unless given. */
  name?: string | null | undefined;
  /** What was asked, in words; as it is understood unless given. */
  originalCommand?: string | null | undefined;
  source: JobSource;
  mapping: Mapping;
  /** Inputs for rows whose cell is empty, or that have no column for it. */
  defaults: RowInput;
  concurrency: number;
  /** Cents; null for none. */
  maxRowCostCents: number | null;
  /** Asked again with it, the same job is the answer. */
  idempotencyKey?: string | null | undefined;
};

/** Rows at work at the same time unless asked otherwise (issue Batch). */
export const DEFAULT_CONCURRENCY = 4;
/** Ours: past it one job would take every worker there is. */
export const MAX_CONCURRENCY = 100;
/** UTF-16 units; ours. */
export const MAX_NAME_LENGTH = 200;
/** UTF-16 units; ours, a long command line. */
const MAX_COMMAND_LENGTH = 2_000;

/** @throws {InvalidInputError} naming each field that is wrong. */
export function checkRequest({ name, originalCommand, idempotencyKey, ...request }: JobRequest): void {
  if (idempotencyKey != null) checkKey(idempotencyKey);
  refuseIssues([
    ...lengthIssues('name', name, MAX_NAME_LENGTH),
    ...lengthIssues('originalCommand', originalCommand, MAX_COMMAND_LENGTH),
    ...concurrencyIssues(request.concurrency),
    ...capIssues('maxRowCostCents', request.maxRowCostCents),
  ]);
}

function lengthIssues(field: string, text: string | null | undefined, max: number): InputIssue[] {
  if (text == null || (text.trim() !== '' && text.length <= max)) return [];
  return [{ path: [field], message: `Must have 1 to ${max.toLocaleString('en')} characters.` }];
}

/** What is wrong with the number of rows that are to be at work at the same time. */
export const concurrencyIssues = (concurrency: number): InputIssue[] =>
  Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= MAX_CONCURRENCY
    ? []
    : [{ path: ['concurrency'], message: `Must be a whole number from 1 to ${MAX_CONCURRENCY}.` }];

/**
 * Defaults as inputs take them: those that come as texts are read as cells are.
 *
 * @throws {InvalidInputError} naming each that is none, once, and not again for every row that takes it.
 */
export function readDefaults(kind: JobKind, given: RowInput): RowInput {
  const rules = rulesOf(kind);
  const names = rules.inputs.map(({ name }) => name);
  const defaults: RowInput = {};
  const issues: InputIssue[] = [];
  for (const [name, value] of Object.entries(given)) {
    const input = rules.inputs.find((one) => one.name === name);
    const path = ['defaults', name];
    if (!input) issues.push({ path, message: `There is no such input; there are ${names.join(', ')}.` });
    else
      try {
        defaults[name] = typeof value === 'string' ? (input.read(value) as RowInput[string]) : value;
      } catch (error) {
        issues.push({ path, message: messageOf(error) });
      }
  }
  const [main = ''] = names;
  const wrong = rules
    .issuesOf({ [main]: '-', ...defaults })
    .filter(({ path: [name = ''] }) => name in defaults)
    .map(({ path, message }) => ({ path: ['defaults', ...path], message }));
  refuseIssues([...issues, ...wrong]);
  return defaults;
}
