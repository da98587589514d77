import { ConflictError, ResourceError } from '../../graphql/errors.ts';
import { replayDeadLetter } from './replay-dead-letter.ts';
import { retryScene } from './retry-scene.ts';
import { addRunMutation } from './run-mutation.graphql.ts';

addRunMutation('retryScene', {
  of: 'Scene',
  description:
    'Makes a scene’s clip anew from the frames it has, and a new film with it. The old clip and the old film stay. Costs what a clip costs.',
  input: 'Which scene to make again.',
  payload: 'The run that makes the scene.',
  run: 'The project’s live run, or a new one.',
  result: 'The run that makes the scene, or why there is none.',
  refusals: [ConflictError, ResourceError],
  act: (ctx, sceneId) => retryScene(ctx, { sceneId }),
});

addRunMutation('replayDeadLetter', {
  of: 'DeadLetter',
  description: 'Puts a step that was given up back to work.',
  input: 'Which dead letter to replay.',
  payload: 'The run that tries the step again.',
  run: 'The project’s live run, or a new one.',
  result: 'The run that tries it again, or why there is none.',
  refusals: [ConflictError, ResourceError],
  act: (ctx, deadLetterId) => replayDeadLetter(ctx, { deadLetterId }),
});
