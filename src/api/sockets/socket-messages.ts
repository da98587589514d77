import { MessageType } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { DomainError } from '../../core/errors.ts';
import type { LargeRequests, Refusal } from '../operations/large-requests.ts';
import { isLightJson } from '../operations/request-weight.ts';
import { COME_BACK_LATER, type SocketAdmission } from './socket-admission.ts';

/** Hands a socket's messages on in their order, having read aside those that would hold the event loop up. */
export class SocketMessages {
  readonly #large: LargeRequests;
  readonly #admission: SocketAdmission;
  /** Settles once what a socket said before is handed on. */
  readonly #before = new WeakMap<WebSocket, Promise<boolean>>();
  readonly #refusals = new WeakMap<WebSocket, Refusal>();

  constructor(large: LargeRequests, admission: SocketAdmission) {
    this.#large = large;
    this.#admission = admission;
  }

  /** Why the operation that is being heard may not go on, if that is known from its message. */
  refusalOf(socket: WebSocket): Refusal | undefined {
    return this.#refusals.get(socket);
  }

  /** @returns whether it was one that a client may send; if not, nothing was handed on. */
  async take(socket: WebSocket, data: Buffer, hear: (text: string) => void): Promise<boolean> {
    const before = this.#before.get(socket);
    if (before === undefined && isLightJson(data)) {
      hear(String(data));
      return true;
    }
    const taking = (before ?? Promise.resolve(true)).then(() => this.#takeLarge(socket, data, hear));
    const settled = taking.catch(() => false);
    this.#before.set(socket, settled);
    // What follows waits with the client, not here.
    socket.pause();
    try {
      return await taking;
    } finally {
      if (this.#before.get(socket) === settled) {
        this.#before.delete(socket);
        socket.resume();
      }
    }
  }

  async #takeLarge(socket: WebSocket, data: Buffer, hear: (text: string) => void): Promise<boolean> {
    if (socket.readyState !== socket.OPEN) return true;
    if (isLightJson(data)) {
      hear(String(data));
      return true;
    }
    if (!this.#admission.has(socket)) return false;
    const message = await this.#large
      .message(data, this.#admission.passOf(socket))
      .catch((error: unknown) => {
        if (!(error instanceof DomainError)) throw error;
        // Whose operation it is nobody has read.
        socket.close(COME_BACK_LATER, 'Too many large requests, or one too large');
        return 'closed' as const;
      });
    if (!message) return false;
    if (message === 'closed') return true;
    const payload = 'asked' in message ? message.asked : { query: '' };
    if ('refusal' in message) this.#refusals.set(socket, message.refusal);
    // Up to `onSubscribe` it is heard at once.
    hear(JSON.stringify({ id: message.id, type: MessageType.Subscribe, payload }));
    this.#refusals.delete(socket);
    return true;
  }
}
