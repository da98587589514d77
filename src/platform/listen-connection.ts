import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { BoundedClient } from './database/bounded-client.ts';
import type { Beat, Pulse } from './pulse.ts';

const RECONNECT_MILLISECONDS = 500;
/** How often the connection is asked whether it still listens: nothing else is ever sent on it. */
const HEARTBEAT_MILLISECONDS = 4_000;
/** Longest wait for the answer; with the interval, the connection is made anew 8 s after it died at the latest. */
const PATIENCE_MILLISECONDS = 4_000;

export type ListenOptions = {
  /** Makes a connection, not yet connected. */
  open(): BoundedClient;
  onNotification(notification: { channel: string; payload?: string | undefined }): void;
  /** Called after a lost connection was made again: what was notified meanwhile is lost. */
  onGap(): void;
  /** Told each time that the connection was asked. */
  pulse: Pulse;
};

/** The statement that makes a session hear of a channel. */
export const listenSql = (channel: string): string => `LISTEN ${pg.escapeIdentifier(channel)}`;

/** The connection that listens, made again whenever it is lost, or dead without a word. */
export class ListenConnection {
  readonly #options: ListenOptions;
  readonly #channels = new Set<string>();
  readonly #beat: Beat;
  readonly #stop = new AbortController();
  #client: BoundedClient;
  #asked: Promise<unknown> = Promise.resolve();

  /** @throws {Error} if the first connection cannot be made. */
  static async open(options: ListenOptions): Promise<ListenConnection> {
    const connection = new ListenConnection(options);
    connection.#client = await connection.#connect();
    void connection.#keep();
    return connection;
  }

  private constructor(options: ListenOptions) {
    this.#options = options;
    this.#client = options.open();
    this.#beat = options.pulse.begin('notifications');
  }

  /** From now on `onNotification` hears of this channel too. */
  listen(channel: string): Promise<unknown> {
    return this.#inTurn((client) => {
      this.#channels.add(channel);
      return client.query(listenSql(channel));
    });
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#beat.end();
    await this.#client.end();
  }

  async #connect(): Promise<BoundedClient> {
    const client = this.#options.open();
    client.on('notification', (notification) => this.#options.onNotification(notification));
    try {
      await client.connect();
      for (const channel of this.#channels) await client.query(listenSql(channel));
      return client;
    } catch (error) {
      client.cut('It cannot listen.');
      throw error;
    }
  }

  async #keep(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      if (await this.#listens()) {
        this.#beat.done();
        await this.#untilNextBeat();
      } else {
        this.#beat.failed();
        await this.#replace();
      }
    }
  }

  /** Whether the server answers on it, and knows it as the one that listens; a pooler may have given us another. */
  async #listens(): Promise<boolean> {
    try {
      return await this.#inTurn(async (client) => {
        const sql = 'SELECT pg_listening_channels() AS channel';
        const { rows } = await client.queryWithin<{ channel: string }>(PATIENCE_MILLISECONDS, sql);
        const heard = new Set(rows.map(({ channel }) => channel));
        return [...this.#channels].every((channel) => heard.has(channel));
      });
    } catch {
      return false;
    }
  }

  /** A connection that is closed meanwhile is replaced at once. */
  async #untilNextBeat(): Promise<void> {
    const lost = new AbortController();
    const lose = () => lost.abort();
    this.#client.once('end', lose);
    const signal = AbortSignal.any([lost.signal, this.#stop.signal]);
    await delay(HEARTBEAT_MILLISECONDS, undefined, { signal, ref: false }).catch(() => {});
    this.#client.off('end', lose);
  }

  async #replace(): Promise<void> {
    if (this.#stop.signal.aborted) return;
    this.#client.cut('It no longer listens.');
    try {
      const client = await this.#connect();
      if (this.#stop.signal.aborted) return client.cut('It came too late.');
      this.#client = client;
      this.#options.onGap();
    } catch {
      // The server may be restarting; whoever queries meanwhile reports the outage.
      await delay(RECONNECT_MILLISECONDS, undefined, { ref: false });
    }
  }

  #inTurn<Result>(ask: (client: BoundedClient) => Promise<Result>): Promise<Result> {
    const answer = this.#asked.then(() => ask(this.#client));
    this.#asked = answer.catch(() => {});
    return answer;
  }
}
