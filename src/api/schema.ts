import '../features/audit/events.graphql.ts';
import '../features/clips/clip-status.graphql.ts';
import '../features/clips/scene-safety.graphql.ts';
import '../features/clips/video-clip.graphql.ts';
import '../features/films/videos.graphql.ts';
import '../features/keyframes/keyframe.graphql.ts';
import '../features/pipelines/control.graphql.ts';
import '../features/pipelines/launch.graphql.ts';
import '../features/pipelines/redo.graphql.ts';
import '../features/pipelines/settle-clip.graphql.ts';
import '../features/runs/dead-letters.graphql.ts';
import '../features/runs/run-progress.graphql.ts';
import '../features/runs/runs.graphql.ts';
import '../features/storyboards/project-events.graphql.ts';
import '../features/storyboards/project-mutations.graphql.ts';
import '../features/storyboards/projects.graphql.ts';
import '../features/storyboards/providers.graphql.ts';
import '../features/storyboards/scene-status.graphql.ts';
import '../features/workspaces/workspace.graphql.ts';
import '../graphql/node.ts';
import '../graphql/scalars.ts';
import { builder } from '../graphql/builder.ts';

/** The whole graph: what the features above added to the builder. */
export const schema = builder.toSchema();
