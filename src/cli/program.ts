/** The words of the command line: which commands there are and what they take. */
import { Command, Option } from 'commander';
import type { CostOptions } from './money/agree-to-cost.ts';
import { asking, costing, watching, withJson } from './command/command-kinds.ts';
import { cancel } from './runs/cancel.ts';
import { config } from './installation/config.ts';
import { demo } from './films/demo.ts';
import { doctor, type DoctorOptions } from './installation/doctor.ts';
import { estimate } from './films/estimate.ts';
import { follow } from './runs/follow.ts';
import { generate, type GenerateOptions } from './films/generate.ts';
import { createKey, type CreateKeyOptions, listKeys, revokeKey } from './keys/keys.ts';
import { list, type ListOptions } from './projects/list.ts';
import { open } from './films/open.ts';
import { pause } from './runs/pause.ts';
import { resume } from './runs/resume.ts';
import { retry } from './runs/retry.ts';
import { serve, type ServeOptions } from './installation/serve.ts';
import { status } from './projects/status.ts';
import { stitch, type StitchOptions } from './films/stitch.ts';
import { usage, type UsageOptions } from './money/usage.ts';
import type { ExitCode } from './command/exit-codes.ts';
import type { FilmOptions } from './films/film-input.ts';
import {
  cents,
  clipSource,
  count,
  lifetime,
  lowerCase,
  provider,
  seconds,
  USAGE_GROUPS,
  usageGroup,
  wholeSeconds,
} from './command/option-values.ts';
import { another } from './films/reference-options.ts';
import type { CommonOptions } from './server/session.ts';
import { version } from './version.ts';
import type { WatchOptions } from './watching/watch-film.ts';

/**
 * The program.
 *
 * @param finish gets the exit code of the command that ran.
 */
export function createProgram(finish: (code: ExitCode) => void): Command {
  const program = new Command('vidpipe')
    .description('Words into finished video: storyboard, keyframes, clips, one film.')
    .version(version(), '--version', 'print the version')
    .exitOverride()
    .configureOutput({ writeErr: () => {} });

  const command = (name: string, description: string) => program.command(name).description(description);
  const client = (name: string, description: string) => asking(command(name, description));

  command('serve', 'serve the API and make films, until Ctrl-C')
    .option('--role <role>', 'all, api or worker', lowerCase)
    .option('--host <host>', 'address to listen on')
    .option('--port <port>', 'port to listen on; 0 takes any free one')
    .action(async (options: ServeOptions) => finish(await serve(options)));

  const film = (name: string, description: string) =>
    client(name, description)
      .argument('[prompt]', 'what the film is about, or its script; - reads stdin')
      .option('--file <file>', 'read the prompt from a file')
      .option('--title <title>', 'short name; taken from the prompt unless given')
      .option('--style <style>', 'cinematic, noir, neon, documentary, anime, watercolor, ...', lowerCase)
      .option('--aspect-ratio <ratio>', '16:9, 9:16 or 1:1', lowerCase)
      .option('--clip-duration <seconds>', 'length of a clip', wholeSeconds)
      .option('--duration <seconds>', 'length of the film', wholeSeconds)
      .option('--crossfade <seconds>', 'crossfade between scenes; 0 is a hard cut', seconds)
      .option('--provider <provider>', 'who makes it: animatic or google', provider);

  watching(costing(film('generate', 'make a film of a prompt or a script, and wait for it')))
    .option(
      '--character <name=picture>',
      'somebody who looks the same all through; several',
      another('CHARACTER'),
    )
    .option(
      '--product <name=picture>',
      'something that looks the same all through; several',
      another('PRODUCT'),
    )
    .addOption(
      new Option('--clips-from <source>', 'with such pictures, what clips are filmed from')
        .argParser(clipSource)
        .default('KEYFRAMES', 'keyframes'),
    )
    .action(async (prompt: string | undefined, options: GenerateOptions) =>
      finish(await generate(prompt, options)),
    );

  film('estimate', 'tell what a film would cost and how long it would take').action(
    async (prompt: string | undefined, options: CommonOptions & FilmOptions) =>
      finish(await estimate(prompt, options)),
  );

  client('status', 'tell where a project stands')
    .argument('[project]', 'its id; the newest one unless given')
    .action(async (project: string | undefined, options: CommonOptions) =>
      finish(await status(project, options)),
    );

  client('list', 'list the newest projects')
    .addOption(new Option('--limit <count>', 'at most so many').argParser(count).default(20))
    .action(async (options: ListOptions) => finish(await list(options)));

  watching(client('stitch', 'make a new film of the clips a project has'))
    .argument('<project>', 'its id')
    .option('--crossfade <seconds>', 'crossfade between scenes; 0 is a hard cut', seconds)
    .action(async (project: string, options: StitchOptions) => finish(await stitch(project, options)));

  client('open', 'tell where a film is, and show it where there is a desktop')
    .argument('[project|video]', 'its id; the newest film unless given')
    .action(async (id: string | undefined, options: CommonOptions) => finish(await open(id, options)));

  client('pause', 'stop a run so that it can go on later')
    .argument('<run>', 'its id')
    .action(async (run: string, options: CommonOptions) => finish(await pause(run, options)));

  watching(
    costing(client('resume', 'go on with a run, or make what a project still lacks, and wait for the film')),
  )
    .argument('<run|project>', 'its id')
    .action(async (id: string, options: WatchOptions & CostOptions) => finish(await resume(id, options)));

  watching(client('follow', 'show a run until it has ended; Ctrl-C leaves it alone'))
    .argument('<run|project>', 'its id; of a project, the newest run')
    .action(async (id: string, options: WatchOptions) => finish(await follow(id, options)));

  watching(costing(client('retry', 'make the clip of a scene anew, and a film with it')))
    .argument('<scene>', 'its id; vidpipe status tells it')
    .action(async (scene: string, options: WatchOptions & CostOptions) =>
      finish(await retry(scene, options)),
    );

  client('cancel', 'end a run; what is finished stays')
    .argument('<run>', 'its id')
    .action(async (run: string, options: CommonOptions) => finish(await cancel(run, options)));

  client('usage', 'tell what was spent')
    .addOption(new Option('--by <what>', USAGE_GROUPS.join(', ')).default('DAY', 'day').argParser(usageGroup))
    .option('--from <day>', 'first day (UTC), as in 2026-11-01')
    .option('--to <day>', 'last day (UTC)')
    .addOption(
      new Option('--csv', 'every entry of the ledger, for a spreadsheet; without --by').conflicts([
        'by',
        'json',
      ]),
    )
    .action(async (options: UsageOptions) => finish(await usage(options)));

  client('demo', 'make a film of a sample script').action(async (options: CommonOptions) =>
    finish(await demo(options)),
  );

  const keys = command('keys', "make, list and revoke API keys, on the server's database");
  const keyCommand = (name: string, description: string) =>
    withJson(keys.command(name).description(description));
  keyCommand('create', 'make a key, and print it once')
    .argument('<name>', 'what to call it')
    .option('--workspace <workspace>', 'name of the workspace it acts in; made if there is none')
    .option('--expires <time>', 'how long it holds, as in 90d, 12h or 30m; for ever without it', lifetime)
    .action(async (name: string, options: CreateKeyOptions) => finish(await createKey(name, options)));
  keyCommand('list', 'list them all').action(async (options: CommonOptions) =>
    finish(await listKeys(options)),
  );
  keyCommand('revoke', 'refuse a key from now on')
    .argument('<prefix>', 'how it begins, as in vp_1a2b3c4d')
    .action(async (prefix: string, options: CommonOptions) => finish(await revokeKey(prefix, options)));

  withJson(command('config', 'print every setting with its value and its source')).action(
    async (options: CommonOptions) => finish(await config(options)),
  );

  withJson(command('doctor', 'look whether everything a film needs is there'))
    .option('--live', 'make the shortest film by Google, for money, and keep its answers in a file')
    .addOption(
      new Option('--cap-cents <cents>', 'with --live, the most it may cost').argParser(cents).default(50),
    )
    .option('--yes', 'with --live, go on without asking')
    .action(async (options: DoctorOptions) => finish(await doctor(options)));

  return program;
}
