import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { ListProjectsDocument } from '../generated/graphql.ts';
import { printJson } from '../progress/json-view.ts';
import { oneLine } from '../output/text-width.ts';
import { given } from '../server/refusals.ts';
import { type CommonOptions, withServer } from '../server/session.ts';

export type ListOptions = CommonOptions & {
  /** At most so many. */
  limit: number;
};

/** Prints the newest projects, one a line. */
export function list({ limit, ...options }: ListOptions): Promise<ExitCode> {
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
