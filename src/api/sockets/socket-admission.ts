import type { Context } from 'graphql-ws';
import type { Extra } from 'graphql-ws/use/ws';
import { WebSocket } from 'ws';
import { DomainError } from '../../core/errors.ts';
import type { Admission } from '../../features/api-keys/key-ring.ts';
import { type Pass, passEnded } from '../../features/api-keys/pass.ts';
import { keyOfHeaders, keyOfPayload } from '../admission/credentials.ts';
import type { Full, Place, Places } from '../admission/places.ts';
import type { PresentError } from '../operations/present-error.ts';
import type { Refusals } from '../admission/refusals.ts';

/** As graphql-transport-ws has it: the key does not let this client in, or no longer. */
const FORBIDDEN = 4403;
/** Ours, after HTTP's 503: come back later. Not 4429, by which the protocol means a second `connection_init`. */
export const COME_BACK_LATER = 4503;
/** As IANA has it: the server cannot say now. */
const TRY_AGAIN_LATER = 1013;

type Options = {
  admission: Admission;
  presentError: PresentError;
  refusals: Refusals;
  places: Places;
};

/** Why a socket that shows a good key is closed with 4503 all the same. */
const FULL: Record<Full, string> = {
  key_sockets: 'Too many sockets of this API key',
  process_sockets: 'Too many sockets of this server',
  address_sockets: 'Too many sockets of this address',
};

/** Lets sockets in by their `connection_init`, and closes them with 4403 when what let them in ends. */
export class SocketAdmission {
  readonly #options: Options;
  readonly #passes = new WeakMap<WebSocket, Pass>();
  readonly #waiting = new WeakMap<WebSocket, Place>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Takes note of the place at which a socket waits to be let in: it leaves that for one inside. */
  expect(socket: WebSocket, place: Place): void {
    this.#waiting.set(socket, place);
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
    const place = this.#options.places.enter(pass.keyId);
    if (typeof place === 'string') {
      this.#options.refusals.count(place);
      socket.close(COME_BACK_LATER, FULL[place]);
      return false;
    }
    this.#waiting.get(socket)?.leave();
    this.#passes.set(socket, pass);
    const forget = pass.onEnd(() => socket.close(FORBIDDEN, 'Forbidden'));
    socket.once('close', () => {
      forget();
      place.leave();
    });
    return true;
  }
}
