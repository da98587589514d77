import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { readUnacknowledged } from './unacknowledged.ts';

export type StreamPatience = {
  /** Between two looks. Milliseconds. */
  lookMilliseconds: number;
  /** How long a client may take nothing of what waits for it. Milliseconds. */
  untakenMilliseconds: number;
};

/** With a heartbeat every 5 s, a client that vanished is gone within a minute. */
const USUAL: StreamPatience = { lookMilliseconds: 6_000, untakenMilliseconds: 30_000 };

type Seen = { taken: number; since: number };

/**
 * Cuts streams of events whose bytes nobody takes: what was written, and neither left this process nor was acknowledged, and
 * has not become less for a while. A heartbeat is written to every one, so that there is always something to take.
 */
export class StreamWatch {
  readonly #patience: StreamPatience;
  readonly #streams = new Map<Socket, Seen>();
  #timer: NodeJS.Timeout | undefined;

  constructor(patience: StreamPatience = USUAL) {
    this.#patience = patience;
  }

  /** Looks after a stream until its connection is closed. */
  watch({ req: { socket } }: ServerResponse): void {
    if (socket.destroyed || this.#streams.has(socket)) return;
    this.#streams.set(socket, { taken: -1, since: performance.now() });
    socket.once('close', () => {
      this.#streams.delete(socket);
      if (this.#streams.size === 0) this.#rest();
    });
    this.#timer ??= setInterval(() => void this.#look(), this.#patience.lookMilliseconds).unref();
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #look(): Promise<void> {
    const unacknowledged = await readUnacknowledged();
    const now = performance.now();
    for (const [socket, seen] of this.#streams) {
      const underway = unacknowledged(socket);
      const taken = bytesGiven(socket) - underway;
      if (socket.writableLength + underway === 0 || taken > seen.taken)
        this.#streams.set(socket, { taken, since: now });
      else if (now - seen.since > this.#patience.untakenMilliseconds) socket.destroy();
    }
  }
}

/** What libuv has of a connection's bytes, and has not passed on; Node judges by it too whether a write goes on (`_onTimeout` in lib/net.js). */
type Handle = { bytesWritten: number; writeQueueSize: number };

/** Of one large write, `writableLength` counts all until the last byte has left: a slow client would seem to take nothing. */
function bytesGiven(socket: Socket): number {
  const { _handle: handle } = socket as unknown as { _handle?: Partial<Handle> | null };
  const { bytesWritten = socket.bytesWritten, writeQueueSize = socket.writableLength } = handle ?? {};
  return bytesWritten - writeQueueSize;
}
