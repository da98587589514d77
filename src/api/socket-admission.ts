import type { Context } from 'graphql-ws';
import type { Extra } from 'graphql-ws/use/ws';
import { WebSocket } from 'ws';
import { DomainError } from '../core/errors.ts';
import type { Admission } from '../features/api-keys/key-ring.ts';
import { type Pass, passEnded } from '../features/api-keys/pass.ts';
import { keyOfHeaders, keyOfPayload } from './credentials.ts';
import type { PresentError } from './present-error.ts';
import type { Refusals } from './refusals.ts';

/** As graphql-transport-ws has it: the key does not let this client in, or no longer. */
const FORBIDDEN = 4403;
/** Ours, after HTTP's 503: come back later. Not 4429, by which the protocol means a second `connection_init`. */
const TOO_MANY_SOCKETS = 4503;
/** As IANA has it: the server cannot say now. */
const TRY_AGAIN_LATER = 1013;

type Options = {
  admission: Admission;
  presentError: PresentError;
  refusals: Refusals;
  /** Sockets at once of one key; more are closed with 4503. */
  maxSocketsPerKey: number;
};

/** Lets sockets in by their `connection_init`, and closes them with 4403 when what let them in ends. */
export class SocketAdmission {
  readonly #options: Options;
  readonly #passes = new WeakMap<WebSocket, Pass>();
  readonly #socketsByKey = new Map<string, number>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Whether a socket has said its `connection_init` and was let in. */
  has(socket: WebSocket): boolean {
    return this.#passes.has(socket);
  }

  /**
   * What let a socket in.
   *
   * @throws {DomainError} `UNAUTHENTICATED` if that has ended; what comes before the client closes too is not heard.
   */
  passOf(socket: WebSocket): Pass {
    const pass = this.#passes.get(socket);
    if (!pass || pass.hasEnded) throw passEnded();
    return pass;
  }

  /** Whether the socket may go on; if not, it was closed, or is to be with 4403. */
  async admit({ connectionParams, extra: { socket, request } }: Context<Record<string, unknown>, Extra>) {
    const { admission, presentError, refusals } = this.#options;
    try {
      const pass = await admission.admit(keyOfPayload(connectionParams) ?? keyOfHeaders(request.headers));
      return socket.readyState === WebSocket.OPEN && this.#enter(socket, pass);
    } catch (error) {
      if (error instanceof DomainError) refusals.count('key');
      else {
        presentError(error);
        socket.close(TRY_AGAIN_LATER, 'Try again later');
      }
      return false;
    }
  }

  #enter(socket: WebSocket, pass: Pass): boolean {
    const { keyId } = pass;
    const others = keyId === null ? 0 : (this.#socketsByKey.get(keyId) ?? 0);
    if (others >= this.#options.maxSocketsPerKey) {
      this.#options.refusals.count('key_sockets');
      socket.close(TOO_MANY_SOCKETS, 'Too many sockets of this API key');
      return false;
    }
    this.#passes.set(socket, pass);
    if (keyId !== null) this.#socketsByKey.set(keyId, others + 1);
    const forget = pass.onEnd(() => socket.close(FORBIDDEN, 'Forbidden'));
    socket.once('close', () => {
      forget();
      if (keyId !== null) this.#leave(keyId);
    });
    return true;
  }

  #leave(keyId: string): void {
    const others = (this.#socketsByKey.get(keyId) ?? 1) - 1;
    if (others > 0) this.#socketsByKey.set(keyId, others);
    else this.#socketsByKey.delete(keyId);
  }
}
