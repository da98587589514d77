import { ConflictError, ResourceError } from '../../../graphql/errors.ts';
import { cancelRun, pauseRun, resumeProject, resumeRun } from './control.ts';
import { addRunMutation } from '../confirm/run-mutation.graphql.ts';

addRunMutation('pauseRun', {
  of: 'PipelineRun',
  description:
    'Stops a run so that it can go on later: work in progress is done again then, what is finished or paid for stays.',
  input: 'Which run to pause.',
  payload: 'The run, paused.',
  run: 'As it stands now; one that was paused before is as it was.',
  result: 'The paused run, or why there is none.',
  refusals: [ConflictError],
  act: (ctx, runId) => pauseRun(ctx, { runId }),
});

addRunMutation('resumeRun', {
  of: 'PipelineRun',
  description:
    'Lets a paused run go on. What is finished is never made or paid for again; what failed gets another chance.',
  input: 'Which run to resume, and what it may cost.',
  payload: 'The run, at work again.',
  run: 'As it stands now; one that was not paused is as it was.',
  result: 'The resumed run, or why there is none.',
  refusals: [ConflictError],
  takesCap: true,
  act: (ctx, runId, { maxCostCents }) => resumeRun(ctx, { runId, maxCostCents }),
});

addRunMutation('cancelRun', {
  of: 'PipelineRun',
  description: 'Ends a run: queued work never starts, work in progress is stopped, what is finished stays.',
  input: 'Which run to end.',
  payload: 'The run, ended.',
  run: 'As it stands now; a run that had ended by itself is as it was.',
  result: 'The ended run, or why there is none.',
  refusals: [],
  act: (ctx, runId) => cancelRun(ctx, { runId }),
});

addRunMutation('resumeProject', {
  of: 'Project',
  description:
    'Makes what a project still lacks: resumes its paused run, or launches another one that is cut as the last. What is finished is never made or paid for again.',
  input: 'Which project to finish, and what its run may cost.',
  payload: 'The run that goes on with the project.',
  run: 'Its resumed run, or a new one.',
  result: 'The run that goes on, or why there is none.',
  refusals: [ConflictError, ResourceError],
  takesCap: true,
  takesKey: true,
  act: (ctx, projectId, options) => resumeProject(ctx, { projectId, ...options }),
});
