import type { ServerResponse } from 'node:http';

/** Whether an answer is over, or nobody is there for it any more. */
export const isGone = ({ closed, req }: ServerResponse): boolean => closed || req.socket.destroyed;

/**
 * Calls `leave` once an answer is gone, which it may be already. An answer that waits behind another one on its connection
 * is never told that this has closed.
 */
export function onceGone(response: ServerResponse, leave: () => void): void {
  if (isGone(response)) return leave();
  const { socket } = response.req;
  const gone = () => {
    response.off('close', gone);
    socket.off('close', gone);
    leave();
  };
  response.once('close', gone);
  socket.once('close', gone);
}
