/** Forms as they are written: `FormData` puts their parts in order and makes them whole. */
import type { Socket } from 'node:net';

export type FormPart = { name: string; text: string; fileName?: string; type?: string };

const BOUNDARY = '----vidpipe';

/** The body of a form, and what its header says. */
export function formOf(parts: readonly FormPart[]): { type: string; body: Buffer<ArrayBuffer> } {
  const written = parts.map(({ name, text, fileName, type }) => {
    const file = fileName === undefined ? '' : `; filename="${fileName}"`;
    const kind = type === undefined ? '' : `Content-Type: ${type}\r\n`;
    return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${kind}\r\n${text}\r\n`;
  });
  const body = Buffer.from(`${written.join('')}--${BOUNDARY}--\r\n`);
  return { type: `multipart/form-data; boundary=${BOUNDARY}`, body };
}

/** Begins a request with a form. */
export const sendHead = (socket: Socket, { type, length }: { type: string; length: number }): void => {
  socket.write(
    `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\nApollo-Require-Preflight: 1\r\n\r\n`,
  );
};
