import pg from 'pg';

/** Longest a server has for its goodbye to a connection that is closed. */
const GOODBYE_MILLISECONDS = 2_000;

/** A method of many overloads. */
type Ask = (...asked: unknown[]) => unknown;

export type BoundedOptions = {
  /** Longest to connect; a pool has a longer patience of its own with those that wait for a connection. */
  connectMilliseconds: number;
  /** Longest wait for an answer. */
  answerMilliseconds: number;
  /** Told of a connection that did not answer what was sent at `sentAt`, of `performance.now()`. */
  onSilence: (sentAt: number) => void;
};

/**
 * A connection to PostgreSQL that never waits for ever: one that does not answer in time is cut, and whoever asked gets
 * the error. What was asked may have been done for all that, a COMMIT too.
 *
 * `pg` has a `query_timeout`, which leaves a dead connection open, and the pool hands it out again.
 */
export class BoundedClient extends pg.Client {
  /** Longest wait for the answer to what is asked from now on; Infinity leaves a dead server to TCP's keep-alive. */
  answerMilliseconds: number;
  readonly #onSilence: BoundedOptions['onSilence'];
  #timer: NodeJS.Timeout | undefined;
  #sentAt: number | null = null;
  #heardAt = performance.now();

  constructor(options: pg.ClientConfig & BoundedOptions) {
    super({ ...options, connectionTimeoutMillis: options.connectMilliseconds });
    this.answerMilliseconds = options.answerMilliseconds;
    this.#onSilence = options.onSilence;
    this.#watch();
    this.on('drain', () => this.#hear());
    this.once('end', () => clearTimeout(this.#timer));
    // Whoever asks is told of it; without a listener, a loss between two questions would end the process.
    this.on('error', () => {});
  }

  /** Whether nothing was asked that is not answered, and nothing was heard since `moment`, of `performance.now()`. */
  wasSilentSince(moment: number): boolean {
    return this.#sentAt === null && this.#heardAt < moment;
  }

  /** Asks with a patience of its own. */
  queryWithin<Row extends pg.QueryResultRow>(
    milliseconds: number,
    sql: string,
  ): Promise<pg.QueryResult<Row>> {
    const usual = this.answerMilliseconds;
    this.answerMilliseconds = milliseconds;
    const answer = this.query<Row>(sql);
    this.answerMilliseconds = usual;
    return answer;
  }

  /** Ends it without a word: the other side is taken for dead. */
  cut(reason: string): void {
    const cause = { code: 'ETIMEDOUT', syscall: 'read', errno: -110 };
    this.connection.stream.destroy(Object.assign(new Error(reason), cause));
  }

  /** Whatever way it is asked: callbacks, promises, `Submittable`s. */
  #watch(): void {
    this.query = ((...asked: unknown[]) => {
      this.#expect();
      return (super.query as Ask).apply(this, asked);
    }) as pg.Client['query'];
    this.end = ((...asked: unknown[]) => {
      this.#cutAfter(GOODBYE_MILLISECONDS, () => this.connection.stream.destroy());
      return (super.end as Ask).apply(this, asked);
    }) as pg.Client['end'];
  }

  #expect(): void {
    this.#sentAt ??= performance.now();
    // An answer may wait to be read, where the process itself stood still.
    this.#cutAfter(this.answerMilliseconds, () => setImmediate(() => this.#giveUp()));
  }

  #cutAfter(milliseconds: number, cut: () => void): void {
    clearTimeout(this.#timer);
    if (milliseconds < Infinity) this.#timer = setTimeout(cut, milliseconds).unref();
  }

  #hear(): void {
    clearTimeout(this.#timer);
    this.#sentAt = null;
    this.#heardAt = performance.now();
  }

  #giveUp(): void {
    const sentAt = this.#sentAt;
    if (sentAt === null) return;
    this.cut('PostgreSQL did not answer in time; whether it did what was asked is not known.');
    this.#onSilence(sentAt);
  }
}
