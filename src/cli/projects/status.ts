import { stageWords } from '../../core/stages/flow-stages.ts';
import { defineCommand } from '../command/command.ts';
import { CliFailure, EXIT, type ExitCode } from '../command/exit-codes.ts';
import {
  NewestProjectDocument,
  type ProjectDetailsFragment,
  ProjectStatusDocument,
} from '../generated/graphql.ts';
import { printJson } from '../output/json.ts';
import { billWords } from '../output/money.ts';
import { oneLine } from '../output/text-width.ts';
import { VIDEO_CLIP_WORDS, clock, SCENE_WORDS } from '../output/words.ts';
import type { ApiClient } from '../server/api-client.ts';
import { asking } from '../server/asking.ts';
import { given } from '../server/refusals.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { placeOf } from '../watching/film-file.ts';

/** `vidpipe status`. */
export const status = defineCommand({
  name: 'status',
  summary: 'tell where a project stands',
  kinds: [asking],
  takes: (command) => command.argument('[project]', 'its id; the newest one unless given'),
  run: tellStatus,
});

/** Prints where a project stands; the newest one unless named. */
function tellStatus(projectId: string | undefined, options: CommonOptions): Promise<ExitCode> {
  return withServer(options, 'api', async ({ api }) => {
    const project = await findProject(api, projectId);
    if (options.json) printJson(project);
    else for (const line of describe(project)) console.log(line);
    return EXIT.ok;
  });
}

async function findProject(api: ApiClient, id: string | undefined): Promise<ProjectDetailsFragment> {
  if (id !== undefined) {
    const { project } = await api.request(ProjectStatusDocument, { id }, { id: 'PROJECT' });
    if (!project)
      throw new CliFailure(EXIT.failed, `PROJECT: there is no ${id}; see vidpipe list.`, {
        code: 'NOT_FOUND',
      });
    return project;
  }
  const { projects } = await api.request(NewestProjectDocument, {});
  const newest = given(projects).edges[0]?.node;
  if (newest) return newest;
  const message = 'No projects yet. Make one: vidpipe generate "A lighthouse at dusk"';
  throw new CliFailure(EXIT.failed, message, { code: 'NOT_FOUND' });
}

/** Where a project stands, in lines for a person. */
export function* describe(project: ProjectDetailsFragment): Generator<string> {
  yield `${oneLine(project.title)}  ${project.status}`;
  yield project.id;
  if (project.errorMessage) yield `Failed: ${oneLine(project.errorMessage)}`;
  const bill = billWords(project.cost);
  if (bill) yield bill;
  const run = project.runs.edges[0]?.node;
  if (run) yield `${run.id}  ${run.status}${run.stage ? ` at ${stageWords(run.stage)}` : ''}`;
  for (const { until, reason } of run?.waits ?? []) yield `Waits until ${until}: ${oneLine(reason)}`;
  for (const { id, sceneIndex, sceneDescription, status: scene, clip } of project.scenes) {
    const words = scene === 'FAILED' && clip ? VIDEO_CLIP_WORDS[clip.status] : SCENE_WORDS[scene];
    yield `${String(sceneIndex + 1).padStart(4)}  ${words.padEnd(18)}  ${id}  ${oneLine(sceneDescription)}`;
  }
  const film = project.videos.edges[0]?.node;
  if (film) yield `Film  ${clock(film.durationSeconds)}  ${placeOf(film)}`;
}
