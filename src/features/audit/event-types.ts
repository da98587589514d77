import { NODE_TYPES, type NodeType } from '../../core/ids.ts';

/** What events are told apart by, and the GraphQL type of what each tells of. */
const TYPES = {
  PROJECT_CHANGED: { subjectType: 'Project', meaning: 'ProjectChanged: a project.' },
  RUN_CHANGED: { subjectType: 'PipelineRun', meaning: 'RunChanged: a run, its progress too.' },
  SCENE_CHANGED: { subjectType: 'Scene', meaning: 'SceneChanged: a scene.' },
  KEYFRAME_CHANGED: { subjectType: 'Keyframe', meaning: 'KeyframeChanged: a keyframe.' },
  CLIP_CHANGED: { subjectType: 'VideoClip', meaning: 'ClipChanged: a clip.' },
  VIDEO_CHANGED: { subjectType: 'Video', meaning: 'VideoChanged: a finished film.' },
} as const satisfies Record<string, { subjectType: NodeType; meaning: string }>;

const OTHERS = 'OTHER_CHANGED';

/** Each kind of event, with what it says in words. */
export const EVENT_TYPES = {
  ...Object.fromEntries(Object.entries(TYPES).map(([type, { meaning }]) => [type, meaning])),
  [OTHERS]: 'OtherChanged: anything else.',
} as Record<EventType, string>;

export type EventType = keyof typeof TYPES | typeof OTHERS;

/** Types of the subjects that events of `types` tell of. */
export const subjectTypesOf = (types: readonly EventType[]): NodeType[] =>
  types.flatMap((type) => (type === OTHERS ? otherSubjects : TYPES[type].subjectType));

const named = new Set<NodeType>(Object.values(TYPES).map(({ subjectType }) => subjectType));
const otherSubjects = NODE_TYPES.filter((type) => !named.has(type));
