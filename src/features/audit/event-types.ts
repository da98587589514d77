import { NODE_TYPES, type NodeType } from '../../core/ids.ts';
import type { EventType } from '../../generated/prisma/client.ts';

/** What has events of its own. */
const NAMED: Partial<Record<NodeType, EventType>> = {
  Project: 'PROJECT_CHANGED',
  PipelineRun: 'RUN_CHANGED',
  Scene: 'SCENE_CHANGED',
  Keyframe: 'KEYFRAME_CHANGED',
  VideoClip: 'VIDEO_CLIP_CHANGED',
  Video: 'VIDEO_CHANGED',
};

/** Type of the events that tell of `subjectType`. */
export const eventTypeOf = (subjectType: string): EventType =>
  NAMED[subjectType as NodeType] ?? 'OTHER_CHANGED';

/** Types of the subjects that events of `types` tell of. */
export const subjectTypesOf = (types: readonly EventType[]): NodeType[] =>
  NODE_TYPES.filter((subjectType) => types.includes(eventTypeOf(subjectType)));
