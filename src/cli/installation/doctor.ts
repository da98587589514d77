import { Option } from 'commander';
import { loadConfig } from '../../platform/config.ts';
import { defineCommand } from '../command/command.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { cents } from '../command/option-values.ts';
import { printJson, withJson } from '../output/json.ts';
import { oneLine } from '../output/text-width.ts';
import type { CommonOptions } from '../server/session.ts';
import { tryLive, type LiveOptions } from './try-live.ts';

type DoctorOptions = CommonOptions & LiveOptions & { live?: boolean };

const MARKS = { OK: 'ok     ', WARNING: 'warning', PROBLEM: 'PROBLEM' } as const;

/** `vidpipe doctor`. */
export const doctor = defineCommand({
  name: 'doctor',
  summary: 'look whether everything a film needs is there',
  kinds: [withJson],
  takes: (command) =>
    command
      .option('--live', 'make the shortest film by Google, for money, and keep its answers in a file')
      .addOption(
        new Option('--cap-cents <cents>', 'with --live, the most it may cost').argParser(cents).default(50),
      )
      .option('--yes', 'with --live, go on without asking'),
  run: examineAll,
});

/** Prints one line for each thing that a film needs: how it stands, and what to do about it. With `--live`, pays for a try. */
async function examineAll({ live = false, ...options }: DoctorOptions): Promise<ExitCode> {
  const { json } = options;
  const config = loadConfig(process.env);
  // Loaded here: no other command needs the libraries that are looked at.
  const { examine } = await import('../../doctor.ts');
  let exitCode: ExitCode = EXIT.ok;
  for await (const finding of examine(config)) {
    if (finding.state === 'PROBLEM') exitCode = EXIT.failed;
    if (json) printJson(finding);
    else console.log(`${MARKS[finding.state]}  ${finding.name.padEnd(26)} ${oneLine(finding.detail)}`);
  }
  return live ? tryLive(config, options) : exitCode;
}
