import { v7, validate } from 'uuid';
import { InvalidInputError } from './errors.ts';
import { cleanText } from './outside-text.ts';

/** A new UUIDv7: unique, and later ones sort after earlier ones. */
export const newId = (): string => v7();

/** Most that the first part of a UUIDv7 holds, in milliseconds since 1970. */
const LAST_MS = 2 ** 48 - 1;

/** What sorts before every UUIDv7 of a moment and of later ones, and after all earlier ones. */
export function firstIdOf(time: Date): string {
  const milliseconds = Math.min(Math.max(time.getTime(), 0), LAST_MS);
  const digits = milliseconds.toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7000-8000-000000000000`;
}

/** Prefix of every object's global id, by GraphQL type. */
export const ID_PREFIXES = {
  Workspace: 'workspace',
  Project: 'project',
  ReferenceImage: 'reference_image',
  Scene: 'scene',
  Keyframe: 'keyframe',
  VideoClip: 'video_clip',
  PipelineRun: 'pipeline_run',
  RunPlan: 'run_plan',
  DeadLetter: 'dead_letter',
  Video: 'video',
  LedgerEntry: 'ledger_entry',
  Webhook: 'webhook',
  WebhookDelivery: 'webhook_delivery',
  Job: 'job',
  JobRow: 'job_row',
  Transcript: 'transcript',
  Prompt: 'prompt',
  GenerationConfig: 'generation_config',
  Moment: 'moment',
  Clip: 'clip',
  Ingest: 'ingest',
  Upload: 'upload',
  Thumbnail: 'thumbnail',
} as const;

export type NodeType = keyof typeof ID_PREFIXES;

/** Every type that has ids. */
export const NODE_TYPES = Object.keys(ID_PREFIXES) as NodeType[];

const TYPES = new Map(
  Object.entries(ID_PREFIXES).map(([type, prefix]) => [prefix as string, type as NodeType]),
);

/** `project_0197…`: the one form of an id outside the database. */
export const encodeGlobalId = (type: NodeType, id: string): string => `${ID_PREFIXES[type]}_${id}`;

/** The type and bare UUID of a global id; undefined if it is not one. */
export function decodeGlobalId(globalId: string): { type: NodeType; id: string } | undefined {
  const at = globalId.lastIndexOf('_');
  const type = TYPES.get(globalId.slice(0, at));
  const id = globalId.slice(at + 1);
  return type && validate(id) ? { type, id } : undefined;
}

/**
 * The bare UUID of a global id that must be of `type`.
 *
 * @throws {InvalidInputError} naming `path`, if it is malformed or of another type.
 */
export function requireId(type: NodeType, globalId: string, path: string[]): string {
  const decoded = decodeGlobalId(globalId);
  if (decoded?.type === type) return decoded.id;
  const message = `Must be the id of a ${type}, as in "${ID_PREFIXES[type]}_0197f3c2-….", not "${cleanText(globalId, 60)}".`;
  throw new InvalidInputError([{ path, message }]);
}
