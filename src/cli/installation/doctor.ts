import { loadConfig } from '../../platform/config.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { printJson } from '../progress/json-view.ts';
import { oneLine } from '../output/text-width.ts';
import type { CommonOptions } from '../server/session.ts';
import { tryLive, type LiveOptions } from './try-live.ts';

export type DoctorOptions = CommonOptions & LiveOptions & { live?: boolean };

const MARKS = { OK: 'ok     ', WARNING: 'warning', PROBLEM: 'PROBLEM' } as const;

/** Prints one line for each thing that a film needs: how it stands, and what to do about it. With `--live`, pays for a try. */
export async function doctor({ live = false, ...options }: DoctorOptions): Promise<ExitCode> {
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
