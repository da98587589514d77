import { ConflictError, ResourceError } from '../../../graphql/errors.ts';
import { replayDeadLetter } from './replay-dead-letter.ts';
import { addRunMutation } from '../confirm/run-mutation.graphql.ts';

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
