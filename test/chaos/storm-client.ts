import { WebSocket } from 'ws';

const QUERY = `subscription ($after: String) {
  event: workspaceEvents(after: $after) { ... on ChangeEvent { cursor } }
}`;

/** Comes back soon, not at once: the server may be starting. */
const PAUSE_MILLISECONDS = 100;

type Message = { type: string; payload?: { data?: { event: { cursor?: string } } } };

/** Follows a workspace over connections that break, each time from the last cursor it heard. */
export class StormClient {
  /** Cursors, in the order in which they came. */
  readonly heard: string[] = [];
  connections = 0;
  readonly #url: () => string;
  readonly #onHeard: (cursor: string) => void;
  readonly #waiting = new Map<string, () => void>();
  #socket: WebSocket | undefined;
  #closed = false;

  /** @param url where to connect next. */
  constructor(url: () => string, onHeard: (cursor: string) => void = () => {}) {
    this.#url = url;
    this.#onHeard = onHeard;
    this.#connect();
  }

  /** Cuts the connection without a goodbye. */
  cut(): void {
    this.#socket?.terminate();
  }

  close(): void {
    this.#closed = true;
    this.cut();
  }

  /** Resolves once it has heard the event at `cursor`. */
  async reached(cursor: string): Promise<void> {
    if (this.heard.includes(cursor)) return;
    await new Promise<void>((resolve) => this.#waiting.set(cursor, resolve));
  }

  #connect(): void {
    const socket = new WebSocket(this.#url().replace('http', 'ws'), 'graphql-transport-ws');
    this.#socket = socket;
    const send = (message: object) => socket.send(JSON.stringify(message));
    socket.on('open', () => send({ type: 'connection_init' }));
    socket.on('message', (data: Buffer) => {
      const { type, payload } = JSON.parse(String(data)) as Message;
      if (type === 'ping') send({ type: 'pong' });
      if (type === 'connection_ack') {
        this.connections += 1;
        const variables = { after: this.heard.at(-1) ?? '0' };
        send({ id: '1', type: 'subscribe', payload: { query: QUERY, variables } });
      }
      // As a client does that is told of a failure: it comes back.
      if (type === 'error' || type === 'complete') socket.terminate();
      const cursor = payload?.data?.event.cursor;
      if (cursor !== undefined) this.#hear(cursor);
    });
    // A refused connection is reported here, then closed like any other.
    socket.on('error', () => {});
    socket.on('close', () => {
      if (!this.#closed) setTimeout(() => this.#connect(), PAUSE_MILLISECONDS);
    });
  }

  #hear(cursor: string): void {
    this.heard.push(cursor);
    this.#onHeard(cursor);
    this.#waiting.get(cursor)?.();
  }
}
