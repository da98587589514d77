import { changeEvent } from '../audit/change-event.graphql.ts';
import { SceneNode } from './scene.graphql.ts';
import { visibleScenes } from './scene.ts';

changeEvent({
  subject: 'Scene',
  eventType: 'SCENE_CHANGED',
  tellsOf: 'a scene',
  description: 'A scene was written or moved to another status, or its narration is not spoken as it stands.',
  shows: { node: SceneNode, visible: visibleScenes, noun: 'scene' },
});
