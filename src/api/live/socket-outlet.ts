import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { Outlet, type Rendered } from './outlet.ts';
import { beginTextFrame } from './text-frame.ts';

/** Ours: more than this unsent, and the client reads too slowly. */
const MAX_UNSENT_BYTES = 64 * 1_024;

/** The end of each event's message, the same for all subscribers: encoded once. */
const endings = new WeakMap<Rendered, Buffer>();

/**
 * Writes events to a WebSocket by itself, as graphql-transport-ws has them. Past `ws`, which would encode the text that
 * all subscribers get once for each of them; the socket must not compress.
 *
 * Holds at most 64 KiB and one event unsent.
 */
export class SocketOutlet extends Outlet {
  readonly #socket: WebSocket;
  readonly #wire: Socket;
  readonly #head: Buffer;
  #drained: Promise<void> = Promise.resolve();

  /**
   * @param wire what `socket` writes to.
   * @param operationId the `id` the client gave to its operation.
   */
  constructor(socket: WebSocket, wire: Socket, operationId: string) {
    super();
    this.#socket = socket;
    this.#wire = wire;
    this.#head = Buffer.from(`{"id":${JSON.stringify(operationId)},"type":"next","payload":`);
  }

  override send(rendered: Rendered): boolean {
    // Nothing may follow a closing frame.
    if (this.#socket.readyState !== this.#socket.OPEN) return true;
    const wire = this.#wire;
    const ending = endingOf(rendered);
    wire.cork();
    wire.write(beginTextFrame(this.#head, ending.length));
    // Called once it is written, or the socket is gone.
    const written = new Promise<void>((resolve) => wire.write(ending, () => resolve()));
    wire.uncork();
    if (wire.writableLength < MAX_UNSENT_BYTES) return true;
    this.#drained = written;
    return false;
  }

  override drained(): Promise<void> {
    return this.#drained;
  }

  protected override take(): undefined {
    return undefined;
  }
}

function endingOf(rendered: Rendered): Buffer {
  const known = endings.get(rendered);
  if (known) return known;
  const ending = Buffer.from(`${rendered.json}}`);
  endings.set(rendered, ending);
  return ending;
}
