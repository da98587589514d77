import { describeConfig } from '../../platform/config-description.ts';
import { loadConfig } from '../../platform/config.ts';
import { defineCommand } from '../command/command.ts';
import { EXIT, type ExitCode } from '../command/exit-codes.ts';
import { printJson, withJson } from '../output/json.ts';
import type { CommonOptions } from '../server/session.ts';

/** `vidpipe config`. */
export const config = defineCommand({
  name: 'config',
  summary: 'print every setting with its value and its source',
  kinds: [withJson],
  run: printSettings,
});

/** Prints every setting with its value, its source and its meaning. */
function printSettings({ json }: CommonOptions): Promise<ExitCode> {
  for (const setting of describeConfig(loadConfig(process.env))) {
    if (json) printJson(setting);
    else console.log(`${setting.name}=${setting.value}  (${setting.source})\n    ${setting.meaning}`);
  }
  return Promise.resolve(EXIT.ok);
}
