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
