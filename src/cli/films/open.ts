import { spawn } from 'node:child_process';
import { defineCommand } from '../command/command.ts';
import { CliFailure, EXIT, type ExitCode } from '../command/exit-codes.ts';
import {
  FilmByIdDocument,
  type FilmFragment,
  NewestFilmDocument,
  NewestFilmOfProjectDocument,
} from '../generated/graphql.ts';
import { printJson } from '../output/json.ts';
import type { ApiClient } from '../server/api-client.ts';
import { asking } from '../server/asking.ts';
import type { Connection } from '../server/connect.ts';
import { given } from '../server/refusals.ts';
import { type CommonOptions, withServer } from '../server/session.ts';
import { placeOf, withPath } from '../watching/film-file.ts';

/** `vidpipe open`. */
export const open = defineCommand({
  name: 'open',
  summary: 'tell where a film is, and show it where there is a desktop',
  kinds: [asking],
  takes: (command) => command.argument('[project|video]', 'its id; the newest film unless given'),
  run: openFilm,
});

/**
 * Prints where a film is and shows it with the desktop's own program, where there is a desktop.
 *
 * @param id of a project, whose newest film is meant, or of a film; undefined means the newest film of all.
 */
function openFilm(id: string | undefined, options: CommonOptions): Promise<ExitCode> {
  return withServer(options, 'api', async (connection) => {
    const film = await findFilm(connection.api, id);
    if (options.json) printJson(withPath(film));
    else tell(film, connection);
    await showOnDesktop(placeOf(film));
    return EXIT.ok;
  });
}

/** A server of our own ends with this command, and its addresses with it. */
function tell(film: FilmFragment, { isOwn }: Connection): void {
  console.log(placeOf(film));
  if (!isOwn && placeOf(film) !== film.url) console.log(film.url);
}

async function findFilm(api: ApiClient, id: string | undefined): Promise<FilmFragment> {
  const film = await lookUp(api, id);
  if (film) return film;
  const message = id === undefined ? 'No films yet.' : `PROJECT|VIDEO: ${id} has no film, or does not exist.`;
  throw new CliFailure(EXIT.failed, `${message} See vidpipe list.`, { code: 'NOT_FOUND' });
}

const TYPED_AS = { id: 'PROJECT|VIDEO' };

async function lookUp(api: ApiClient, id: string | undefined): Promise<FilmFragment | null | undefined> {
  if (id === undefined) return given((await api.request(NewestFilmDocument, {})).videos).edges[0]?.node;
  if (id.startsWith('video_')) return (await api.request(FilmByIdDocument, { id }, TYPED_AS)).video;
  return (await api.request(NewestFilmOfProjectDocument, { id }, TYPED_AS)).project?.videos.edges[0]?.node;
}

function openerOf(): [command: string, args: string[]] | undefined {
  if (process.platform === 'darwin') return ['open', []];
  if (process.platform === 'win32') return ['cmd', ['/c', 'start', '']];
  const hasDesktop = process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  return hasDesktop ? ['xdg-open', []] : undefined;
}

/** Does nothing where there is no desktop or no opener: the place is printed anyway. */
async function showOnDesktop(place: string): Promise<void> {
  const opener = openerOf();
  if (!opener) return;
  const [command, args] = opener;
  const child = spawn(command, [...args, place], { detached: true, stdio: 'ignore' });
  await new Promise<void>((resolve) => {
    child.once('spawn', resolve);
    child.once('error', () => resolve());
  });
  child.unref();
}
