/** Application default credentials of a workload: the one kind whose token endpoint can be named. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What the token endpoint gives, and Vertex takes. */
export const TOKEN = 'ya29.test-token';

/** Writes them into a folder; tokens come from `url`. @returns their file. */
export async function credentialsFor(folder: string, url: string): Promise<string> {
  const subject = path.join(folder, 'subject-token');
  const file = path.join(folder, 'credentials.json');
  await writeFile(subject, 'subject-token');
  const credentials = {
    type: 'external_account',
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/test/providers/test',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: new URL('/token', url).href,
    credential_source: { file: subject },
  };
  await writeFile(file, JSON.stringify(credentials));
  return file;
}

/** What the token endpoint answers. */
export const tokenReply = () => ({
  status: 200,
  type: 'application/json',
  body: JSON.stringify({
    access_token: TOKEN,
    issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    token_type: 'Bearer',
    expires_in: 3_600,
  }),
});
