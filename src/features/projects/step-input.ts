/** What steps are told of what they work on. */
import { z } from 'zod';

export const projectInput = z.object({ projectId: z.uuid() });
export type ProjectInput = z.infer<typeof projectInput>;

export const sceneInput = z.object({ sceneId: z.uuid() });
export type SceneInput = z.infer<typeof sceneInput>;
