import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Argument } from 'commander';
import { defineCommand } from '../command/command.ts';
import type { ExitCode } from '../command/exit-codes.ts';
import { openView } from '../progress/open-view.ts';
import { asking } from '../server/asking.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { placeOf } from '../watching/film-file.ts';
import { reportFilm } from '../watching/film-report.ts';
import { makeFilm } from '../watching/film-run.ts';
import { makeMoments } from './demo-moments.ts';
import { launchFilm } from './launch-film.ts';
import { projectOf } from '../watching/project-of.ts';

const SCRIPT = path.join(import.meta.dirname, '../../../src/cli/films/demo-script.txt');

/** `vidpipe demo`. */
export const demo = defineCommand({
  name: 'demo',
  summary: 'make a film of a sample script; or a talk, and clips of its moments',
  kinds: [asking],
  takes: (command) =>
    command.addArgument(new Argument('[what]', 'what to make').choices(['film', 'moments']).default('film')),
  run: (what: 'film' | 'moments', options: CommonOptions) =>
    what === 'film' ? makeSample(options) : makeMoments(options),
});

/** Makes a film of a sample script, and tells where it is and how to ask the API for it. */
function makeSample(options: CommonOptions): Promise<ExitCode> {
  return withServer(options, 'all', async ({ api }) => {
    const prompt = await readFile(SCRIPT, 'utf8');
    const input = { prompt, title: "The keeper's light", style: 'cinematic', targetClipDuration: 4 };
    const finished = await makeFilm(api, openView(options.json), () => launchFilm(api, input), 'cancel');
    if (options.json || !finished.film) reportFilm(finished, undefined, options.json ?? false);
    else for (const line of explain(placeOf(finished.film), projectOf(finished.run).id)) console.log(line);
    return finished.exitCode;
  });
}

const explain = (place: string, projectId: string): string[] => [
  '',
  'Your film:',
  `  ${place}`,
  '',
  'Ask the API for it: run "npm start", open http://127.0.0.1:4000/graphql and paste',
  ...queryFor(projectId).map((line) => `  ${line}`),
];

const queryFor = (projectId: string): string[] => [
  '{',
  `  project(id: "${projectId}") {`,
  '    title',
  '    status',
  '    scenes { sceneIndex sceneDescription narration status keyframes { position url } clip { url durationSeconds } }',
  '    videos { edges { node { url posterUrl durationSeconds chapters { title startSeconds } } } }',
  '  }',
  '}',
];
