const CLEAR_LINE = '\r\u001B[K';

/** Shows a line on the terminal, if there is one, until `work` is done. */
export async function whileSaying<Result>(line: string, work: () => Promise<Result>): Promise<Result> {
  if (!process.stderr.isTTY) return work();
  process.stderr.write(line);
  try {
    return await work();
  } finally {
    process.stderr.write(CLEAR_LINE);
  }
}

/** The same, and once and for all where there is no terminal: for what may take long. */
export function saying<Result>(line: string, work: () => Promise<Result>): Promise<Result> {
  if (process.stderr.isTTY) return whileSaying(line, work);
  process.stderr.write(`${line}\n`);
  return work();
}
