/** What the ledger calls the purchases of a scene's frame. */
export const keyframeSubject = (sceneId: string, position: string): string =>
  `keyframe:${sceneId}:${position}`;
