/** What a client is answered, in the form that the tus server knows. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status_code: number;
  readonly body: string;

  constructor(status: number, message: string) {
    super(message);
    this.status_code = status;
    this.body = `${message}\n`;
  }
}

/** For whoever sends a piece: the disk takes no more (507, RFC 4918). What came of it stays, and may be gone on with. */
export const diskFull = (): Refused =>
  new Refused(507, 'The disk of the server takes nothing more now; go on when there is room.');

export const storageAway = () => new Refused(503, 'The storage is away; come back later.');
