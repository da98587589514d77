/** A talk of three minutes, drawn and spoken on this machine, and clips of its moments. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExitCode } from '../command/exit-codes.ts';
import { openView } from '../progress/open-view.ts';
import type { ApiClient } from '../server/api-client.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { makeFilm } from '../watching/film-run.ts';
import { launchMoments } from '../watching/launch-moments.ts';
import { reportMoments } from '../watching/moments-report.ts';
import { type FinishedMoments, momentsOutcome } from '../watching/moments-run.ts';
import { runToEnd } from '../watching/run-to-end.ts';
import { launchFilm } from './launch-film.ts';

const TALK = path.join(import.meta.dirname, '../../../src/cli/films/demo-talk.txt');

/** Seconds of each of the talk's fifteen scenes: time for what the narrator says in it. */
const SCENE_SECONDS = 12;

/** As people post them. */
const CLIPS = {
  minMoments: 4,
  maxMoments: 5,
  minMomentLengthSeconds: 10,
  maxMomentLengthSeconds: 36,
  aspectRatio: '9:16',
  captions: 'WORD_POP',
} as const;

/** Makes a film of a talk, finds its moments, cuts them for a phone with captions, and tells where they are. */
export function makeMoments(options: CommonOptions): Promise<ExitCode> {
  const json = options.json ?? false;
  return withServer(options, 'all', async ({ api }) => {
    const prompt = await readFile(TALK, 'utf8');
    const talk = { prompt, title: 'The light', style: 'cinematic', targetClipDuration: SCENE_SECONDS };
    const { film, exitCode } = await makeFilm(api, openView(json), () => launchFilm(api, talk), 'cancel');
    if (!film) return exitCode;
    const finished = await cutMoments(api, film.id, json);
    reportMoments(finished, undefined, json);
    return finished.exitCode;
  });
}

const cutMoments = (api: ApiClient, videoId: string, json: boolean): Promise<FinishedMoments> =>
  runToEnd(api, {
    view: openView(json),
    atInterrupt: 'cancel',
    launch: () => launchMoments(api, { videoId, ...CLIPS }),
    outcome: (runId) => momentsOutcome(api, runId),
  });
