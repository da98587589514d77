import {
  DomainError,
  ERROR_CODES,
  type ErrorCode,
  type InputIssue,
  type InvalidInputError as CoreInvalidInputError,
} from '../core/errors.ts';
import { builder } from './builder.ts';

export const ErrorCodeEnum = builder.enumType('ErrorCode', {
  description: 'Every failure a program may branch on.',
  values: Object.fromEntries(
    Object.entries(ERROR_CODES).map(([code, description]) => [code, { description }]),
  ) as Record<ErrorCode, { description: string }>,
});

/**
 * The DomainErrors with one of `codes`, as a class: the errors plugin tells types apart by `instanceof`,
 * and the rules below GraphQL tell failures apart by code.
 */
const errorWith = (...codes: ErrorCode[]) =>
  class extends DomainError {
    static override [Symbol.hasInstance](value: unknown): boolean {
      return value instanceof DomainError && codes.includes(value.code);
    }
  };

export const InvalidInputError = errorWith('INVALID_INPUT');
export const NotFoundError = errorWith('NOT_FOUND');
export const ConflictError = errorWith(
  'RUN_IN_PROGRESS',
  'ALREADY_COMPLETE',
  'NOTHING_TO_STITCH',
  'RUN_ENDED',
  'SCENE_COMPLETE',
  'OUTCOME_UNKNOWN',
  'OUTCOME_KNOWN',
  'ALREADY_REPLAYED',
  'TRANSCRIPT_EXISTS',
  'VERSION_STALE',
  'PLAN_STALE',
  'JOB_STATE',
  'IDEMPOTENCY_CONFLICT',
  'CURSOR_EXPIRED',
  'TOO_MANY_WEBHOOKS',
  'TOO_MANY_UPLOADS',
);
export const ResourceError = errorWith(
  'INSUFFICIENT_DISK',
  'PROVIDER_NOT_CONFIGURED',
  'SECRET_KEY_MISSING',
  // Of a launch that asked for its models first.
  'MODEL_NOT_FOUND',
  'INTERFACE_GONE',
  'PROVIDER_PERMISSION',
  'PROVIDER_BILLING',
);

const UserError = builder.interfaceRef<DomainError>('UserError').implement({
  description: 'A refusal the caller can act on.',
  fields: (t) => ({
    code: t.expose('code', { type: ErrorCodeEnum, description: 'For programs.' }),
    message: t.exposeString('message', { description: 'For people: what is wrong and the way out.' }),
    path: t.exposeStringList('inputPath', {
      nullable: true,
      description: "Field of the input it is about, from the input's root; null if about none.",
    }),
  }),
});

const InputIssueType = builder.objectRef<InputIssue>('InputIssue').implement({
  description: 'What is wrong with one field.',
  fields: (t) => ({
    path: t.exposeStringList('path', { description: 'From the input\'s root: `["prompt"]`.' }),
    message: t.exposeString('message', { description: 'What would be accepted.' }),
  }),
});

builder.objectType(InvalidInputError, {
  name: 'InvalidInputError',
  description: 'Values that are not acceptable. All of them are named at once.',
  interfaces: [UserError],
  fields: (t) => ({
    issues: t.field({ type: [InputIssueType], description: 'Each field that is wrong.', resolve: issuesOf }),
  }),
});
builder.objectType(NotFoundError, {
  name: 'NotFoundError',
  description: 'What the input names does not exist, or is not yours.',
  interfaces: [UserError],
});
builder.objectType(ConflictError, {
  name: 'ConflictError',
  description: 'The state of things does not allow it now; `code` says which.',
  interfaces: [UserError],
});
builder.objectType(ResourceError, {
  name: 'ResourceError',
  description: 'The server lacks what the work needs; `code` says what.',
  interfaces: [UserError],
});

/** All issues of an INVALID_INPUT error; one, made of its path and message, where it carries no list. */
export function issuesOf(error: DomainError): InputIssue[] {
  // Not `instanceof`: the errors plugin hides the class of what it hands to a field.
  if ('issues' in error) return (error as CoreInvalidInputError).issues;
  return [{ path: error.inputPath ?? [], message: error.message }];
}
