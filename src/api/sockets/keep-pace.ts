import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';

/**
 * Reads nothing more from a client that does not read its answers, until it does: they would pile up in memory.
 *
 * @param wire what `socket` writes to.
 */
export function keepPace(socket: WebSocket, wire: Socket): void {
  socket.on('message', () => {
    if (!wire.writableNeedDrain || socket.isPaused) return;
    socket.pause();
    wire.once('drain', () => socket.resume());
  });
}
