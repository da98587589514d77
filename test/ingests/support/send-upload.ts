/** A tus client as people use it. */
import { Upload } from 'tus-js-client';

export type Sending = {
  url: string;
  bytes: Buffer;
  /** An API key; none unless given. */
  key?: string | undefined;
  /** Bytes of a request; all at once unless given. */
  pieceBytes?: number;
  /** Stops, as if the line were cut, after so many bytes. */
  cutAfterBytes?: number;
};

/** @returns the offset that the client begins at, as the server told; fails as the client does. */
export function sendUpload({ url, bytes, key, pieceBytes, cutAfterBytes }: Sending): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let begun = -1;
  const upload: Upload = new Upload(bytes, {
    uploadUrl: url,
    headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    ...(pieceBytes !== undefined && { chunkSize: pieceBytes }),
    retryDelays: [100, 500, 1_000],
    onBeforeRequest(request) {
      const offset = request.getHeader('Upload-Offset');
      if (begun < 0 && offset !== undefined) begun = Number(offset);
    },
    onChunkComplete(_size, accepted) {
      if (cutAfterBytes === undefined || accepted < cutAfterBytes) return;
      upload.abort().then(() => resolve(begun), reject);
    },
    onSuccess: () => resolve(begun),
    onError: reject,
  });
  upload.start();
  return promise;
}
