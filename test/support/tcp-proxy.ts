/** A network between two programs that may lose, hold up, cut and half-open what goes through it. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** How long the far side of a dead connection stays open after its near side was closed: nobody tells it. */
const UNTOLD_MILLISECONDS = 15_000;

export type TcpProxy = {
  /** `url`, as it is reached through here. */
  through(url: string): string;
  /** From now on everything vanishes, new connections too; what lost a byte stays dead, whatever comes. */
  swallow(): void;
  /** What the near side sends still arrives; nothing comes back. */
  swallowAnswers(): void;
  /**
   * Whatever is sent with `text` in it arrives; instead of the answer the connection is reset, every `nth` time.
   *
   * @returns how often it was, so far.
   */
  loseAnswersTo(text: string, nth: number): () => number;
  /** The connections there are go dead without a word; new ones work. */
  swallowOld(): void;
  /** The connections there are are reset, on both sides. */
  reset(): void;
  /** The far side's end of the connections there are is gone; the near side is not told, nor answered. */
  halfOpen(): void;
  /** Holds up whatever passes. */
  delay(milliseconds: number): void;
  /** A good network again; dead connections stay dead. */
  heal(): void;
  close(): Promise<void>;
};

type Pair = { near: Socket; far: Socket; isDead: boolean; isDoomed: boolean };

/** Starts one in front of the server that `target` names. */
export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Set<Pair>();
  let [isSwallowing, isAnswerless, delayMilliseconds] = [false, false, 0];
  let lost: { isIn(chunk: Buffer): boolean } | null = null;

  const forward = (pair: Pair, from: Socket, to: Socket) => {
    const pass = (deliver: () => void) => {
      if (isSwallowing || (isAnswerless && from === pair.far)) pair.isDead = true;
      if (pair.isDead) return;
      const unlessDead = () => pair.isDead || deliver();
      if (delayMilliseconds === 0) unlessDead();
      else setTimeout(unlessDead, delayMilliseconds);
    };
    from.on('data', (chunk: Buffer) => {
      if (from === pair.near && lost?.isIn(chunk)) pair.isDoomed = true;
      if (pair.isDoomed && from === pair.far) pair.near.resetAndDestroy();
      else pass(() => to.write(chunk));
    });
    from.on('end', () => pass(() => to.end()));
    from.on('error', () => pass(() => to.destroy()));
  };
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
    const pair = { near, far, isDead: false, isDoomed: false };
    pairs.add(pair);
    forward(pair, near, far);
    forward(pair, far, near);
    near.once('close', () => {
      pairs.delete(pair);
      if (pair.isDead) setTimeout(() => far.destroy(), UNTOLD_MILLISECONDS).unref();
      else far.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const each = (act: (pair: Pair) => void) => [...pairs].forEach(act);

  return {
    through(url) {
      const address = new URL(url);
      address.hostname = '127.0.0.1';
      address.port = String((server.address() as AddressInfo).port);
      return address.href;
    },
    swallow: () => (isSwallowing = true),
    swallowAnswers: () => (isAnswerless = true),
    swallowOld: () => each((pair) => (pair.isDead = true)),
    reset: () => each(({ near, far }) => [near, far].forEach((socket) => socket.resetAndDestroy())),
    halfOpen: () =>
      each((pair) => {
        pair.isDead = true;
        pair.far.resetAndDestroy();
      }),
    delay: (milliseconds) => (delayMilliseconds = milliseconds),
    loseAnswersTo(text, nth) {
      let count = 0;
      lost = { isIn: (chunk) => chunk.includes(text) && (count += 1) % nth === 0 };
      return () => Math.floor(count / nth);
    },
    heal() {
      [isSwallowing, isAnswerless, delayMilliseconds, lost] = [false, false, 0, null];
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      each(({ near, far }) => [near, far].forEach((socket) => socket.destroy()));
      await closed;
    },
  };
}
