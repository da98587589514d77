/** A piece of an upload that goes into the storage as it comes. */
import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import type { Ctx } from '../../../platform/context.ts';
import { throwNotRead } from '../../../platform/storage/storage-away.ts';
import { BlockFile } from './block-file.ts';
import { type Block, countBlocks, endOf, lastBlockOf, newBlockKey } from './blocks.ts';

/** A last block of less is made anew with what comes after it, so that small pieces do not become many files; ours. */
const SMALL_BYTES = 1_024 * 1_024;

export type Piece = {
  id: string;
  workspaceId: string;
  /** Who has the upload. */
  holder: string;
  /** Asked once all of it came: a piece that is wrong, or was cut, does not count. */
  check: { take: (chunk: Buffer) => void; throwIfWrong: () => void } | null;
};

type Doing = Pick<Ctx, 'db' | 'storage'>;

/**
 * Puts a piece at the end of an upload. Without a check, each block counts as it is put, and what came before the line was
 * cut stays.
 *
 * @returns bytes of the upload.
 * @throws {StorageAway}, {LeaseLost}, what the check throws, or what cut the line. Blocks that do not count are strays,
 * which upkeep removes if this process does not come to.
 */
export const keepPiece = (ctx: Doing, piece: Piece, readable: Readable): Promise<number> =>
  ctx.storage.withTemporary('part', async (file) => {
    const block = new BlockFile(ctx.storage, file);
    try {
      return await new PieceWriter(ctx, piece, block).write(readable);
    } finally {
      await block.close();
    }
  });

class PieceWriter {
  readonly #ctx: Doing;
  readonly #piece: Piece;
  readonly #block: BlockFile;
  /** What the storage has and no row names. */
  #put: Block[] = [];
  /** The last block of before, which the first of these takes the place of. */
  #small: Block | null = null;
  /** Where the block in hand begins. */
  #firstByte = 0;
  #begun = 0;
  #end = 0;
  #ownFailure: unknown = null;

  constructor(ctx: Doing, piece: Piece, block: BlockFile) {
    this.#ctx = ctx;
    this.#piece = piece;
    this.#block = block;
  }

  async write(readable: Readable): Promise<number> {
    await this.#begin();
    try {
      await this.#takeAll(readable);
      this.#piece.check?.throwIfWrong();
      await this.#countAll();
    } finally {
      await this.#remove(this.#put);
    }
    return this.#end;
  }

  async #begin(): Promise<void> {
    const last = await lastBlockOf(this.#ctx.db, this.#piece.id);
    this.#firstByte = this.#begun = this.#end = endOf(last);
    if (!last || last.sizeBytes >= SMALL_BYTES) return;
    this.#small = last;
    this.#firstByte = Number(last.firstByte);
    const stream = await this.#ctx.storage.read(last.filePath).catch(throwNotRead);
    await this.#block.fill(await buffer(stream).catch(throwNotRead));
  }

  async #takeAll(readable: Readable): Promise<void> {
    const { check } = this.#piece;
    try {
      for await (const chunk of readable as AsyncIterable<Buffer>) {
        check?.take(chunk);
        await this.#ours(() => this.#take(chunk));
      }
    } catch (error) {
      // A line that was cut; what came until then stays.
      if (this.#ownFailure === null && !check) await this.#countAll();
      throw error;
    }
  }

  async #take(chunk: Buffer): Promise<void> {
    for (let rest = chunk; rest.length > 0;) {
      const left = await this.#block.fill(rest);
      this.#end += rest.length - left.length;
      rest = left;
      if (!this.#block.isFull) continue;
      await this.#putBlock();
      if (!this.#piece.check) await this.#count();
    }
  }

  async #countAll(): Promise<void> {
    await this.#ours(async () => {
      if (this.#end > this.#begun && this.#block.bytes > 0) await this.#putBlock();
      await this.#count();
    });
  }

  async #putBlock(): Promise<void> {
    const sizeBytes = this.#block.bytes;
    const filePath = await newBlockKey(this.#ctx, this.#piece.workspaceId);
    await this.#block.put(filePath);
    this.#put.push({ firstByte: BigInt(this.#firstByte), sizeBytes, filePath });
    this.#firstByte += sizeBytes;
  }

  async #count(): Promise<void> {
    const blocks = this.#put;
    // Where nobody knows whether they count, they stay.
    this.#put = [];
    if (blocks.length === 0) return;
    await countBlocks(this.#ctx, this.#piece, blocks);
    const small = this.#small;
    this.#small = null;
    if (small) await this.#remove([small]);
  }

  async #ours(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#ownFailure = error;
      throw error;
    }
  }

  #remove(blocks: readonly Block[]): Promise<void> {
    return this.#ctx.storage.remove(...blocks.map(({ filePath }) => filePath)).catch(() => {});
  }
}
