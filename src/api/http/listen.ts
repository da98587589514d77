import { once } from 'node:events';
import type { Server } from 'node:http';

/** The port is taken. The message is one line that names the setting and the way out. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';

  constructor(port: number, options: ErrorOptions) {
    super(`PORT: ${port} is taken by another program; choose another one, or 0 for any free one.`, options);
  }
}

/**
 * Makes a server listen, and waits until it does.
 *
 * @throws {PortInUseError} if another program has the port.
 */
export async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE')
      throw new PortInUseError(port, { cause: error });
    throw error;
  }
}
