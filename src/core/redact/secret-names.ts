/** What is secret by what it is called, however that is written: `apiKey`, `API_KEY`, `x-goog-api-key`. */
const SECRET_NAME =
  /pass(word|wd|phrase|code)?s?$|pwd$|secret|token|jwt|bearer|authorization|^(proxy-?)?auth$|credential|cookie|signature|(api|access|private|signing|encryption|secret|account|shared)[-_. ]?keys?/i;

/** Whether a value under this name is kept from the log. */
export const isSecretName = (name: string): boolean => SECRET_NAME.test(name);
