import type { WebSocket } from 'ws';
import { Outlet, type Rendered } from './outlet.ts';

/** Ours: more than this unsent, and the client reads too slowly. */
const MAX_UNSENT_BYTES = 64 * 1_024;

/** Writes events to a WebSocket by itself, as graphql-transport-ws has them. */
export class SocketOutlet extends Outlet {
  readonly #socket: WebSocket;
  readonly #head: string;
  #drained: Promise<void> = Promise.resolve();

  /** @param operationId the `id` the client gave to its operation. */
  constructor(socket: WebSocket, operationId: string) {
    super();
    this.#socket = socket;
    this.#head = `{"id":${JSON.stringify(operationId)},"type":"next","payload":`;
  }

  override send({ json }: Rendered): boolean {
    const message = `${this.#head}${json}}`;
    if (this.#socket.bufferedAmount < MAX_UNSENT_BYTES) {
      this.#socket.send(message);
      return true;
    }
    // Called once it is written, or the socket is gone.
    this.#drained = new Promise((resolve) => this.#socket.send(message, () => resolve()));
    return false;
  }

  override drained(): Promise<void> {
    return this.#drained;
  }

  protected override take(): undefined {
    return undefined;
  }
}
