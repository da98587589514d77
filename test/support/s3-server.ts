/** An S3-compatible server for a test: it speaks HTTP on a free port and forgets everything at its end. */
import { startFauxqs } from 'fauxqs';
import { useFixture } from './fixture.ts';

export type S3Server = {
  /** Address of a folder in its bucket, as `VIDPIPE_STORAGE_URL` takes it. */
  urlOf(folder: string): string;
  /** Stops it. */
  remove(): Promise<void>;
};

/** It lets everybody in, but the AWS SDK sends nothing without any. */
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'anybody', AWS_SECRET_ACCESS_KEY: 'hunter2' };

/** For a file of tests: one server for all of them. */
export const useS3Server = (): S3Server => useFixture(startS3Server, (server) => server.remove());

/** Starts it, and puts credentials where the AWS SDK looks for them. */
export async function startS3Server(): Promise<S3Server> {
  Object.assign(process.env, CREDENTIALS);
  const server = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false });
  server.createBucket('films');
  return {
    urlOf: (folder) => `s3://films/${folder}?endpoint=http://127.0.0.1:${server.port}`,
    remove: () => server.stop(),
  };
}
