import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Whether there is a person at this terminal to be asked: a program that reads JSON is none. */
export const canAsk = (json: boolean): boolean => !json && process.stdin.isTTY && process.stderr.isTTY;

/** Asks a person, who says yes with `y` or `yes`. Anything else, the end of the input and Ctrl-C are a no. */
export async function askYes(
  question: string,
  input: NodeJS.ReadableStream = process.stdin,
  output: NodeJS.WritableStream = process.stderr,
): Promise<boolean> {
  const terminal = createInterface({ input, output });
  let answer = '';
  terminal.once('line', (line) => {
    answer = line;
    terminal.close();
  });
  terminal.once('SIGINT', () => terminal.close());
  const closed = once(terminal, 'close');
  terminal.setPrompt(question);
  terminal.prompt();
  await closed;
  return /^y(es)?$/i.test(answer.trim());
}
