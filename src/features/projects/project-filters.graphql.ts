/** Lists of the engine, narrowed to a project. */
import { letterFilterIds } from '../runs/dead-letters.graphql.ts';
import { runFilterIds } from '../runs/runs.graphql.ts';

runFilterIds.add('projectId', {
  type: 'Project',
  description: 'Runs of this project.',
  where: (projectId) => ({ projectId }),
});

letterFilterIds.add('projectId', {
  type: 'Project',
  description: 'Those of this project’s runs.',
  where: (projectId) => ({ run: { projectId } }),
});
