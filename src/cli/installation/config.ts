import { loadConfig } from '../../platform/config.ts';
import { describeConfig } from '../../platform/config-description.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { printJson } from '../progress/json-view.ts';
import type { CommonOptions } from '../server/session.ts';

/** Prints every setting with its value, its source and its meaning. */
export function config({ json }: CommonOptions): Promise<ExitCode> {
  for (const setting of describeConfig(loadConfig(process.env))) {
    if (json) printJson(setting);
    else console.log(`${setting.name}=${setting.value}  (${setting.source})\n    ${setting.meaning}`);
  }
  return Promise.resolve(EXIT.ok);
}
