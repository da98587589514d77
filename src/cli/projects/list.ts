import { Option } from 'commander';
import { defineCommand } from '../command/command.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { count } from '../command/option-values.ts';
import { ListProjectsDocument } from '../generated/graphql.ts';
import { printJson } from '../output/json.ts';
import { oneLine } from '../output/text-width.ts';
import { asking } from '../server/asking.ts';
import { given } from '../server/refusals.ts';
import { type CommonOptions, withServer } from '../server/session.ts';

type ListOptions = CommonOptions & {
  /** At most so many. */
  limit: number;
};

/** `vidpipe list`. */
export const list = defineCommand({
  name: 'list',
  summary: 'list the newest projects',
  kinds: [asking],
  takes: (command) =>
    command.addOption(new Option('--limit <count>', 'at most so many').argParser(count).default(20)),
  run: listProjects,
});

/** Prints the newest projects, one a line. */
function listProjects({ limit, ...options }: ListOptions): Promise<ExitCode> {
  return withServer(options, 'api', async ({ api }) => {
    const answer = await api.request(ListProjectsDocument, { first: limit });
    const projects = given(answer.projects);
    const shown = projects.edges.map(({ node }) => node);
    for (const project of shown) {
      if (options.json) printJson(project);
      else
        console.log(
          `${project.id}  ${project.status.padEnd(16)}  ${project.createdAt}  ${oneLine(project.title)}`,
        );
    }
    if (shown.length === 0 && !options.json) {
      console.error('No projects yet. Make one: vidpipe generate "A lighthouse at dusk"');
    }
    if (projects.totalCount > shown.length && !options.json) {
      console.error(`${shown.length} of ${projects.totalCount}; more with --limit.`);
    }
    return EXIT.ok;
  });
}
