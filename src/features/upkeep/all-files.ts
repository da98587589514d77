/**
 * Which files rows name, of every feature that has some: what is not known here would be taken for a stray. A test holds
 * that no column of a storage key is missing.
 */
import '../videos/video.ts';
import '../keyframes/keyframe.ts';
import '../references/reference-image.ts';
import '../video-clips/video-clip.ts';
import '../moments/clip.ts';
import '../ingests/ingest.ts';
import '../ingests/upload/blocks.ts';
import '../jobs/job.ts';

export {
  namedAmong,
  type NamedFile,
  nounOf,
  readNamedFiles,
  registeredRows,
} from '../assets/named-files.sql.ts';
