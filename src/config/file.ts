import { readFileSync } from 'node:fs';
import { errorCode } from '../base/error-code.ts';
import { Fault } from '../base/fault.ts';

/** Where the configuration is looked for when nobody says where it is. */
export const DEFAULT_CONFIG_FILE = '/etc/simpost/simpost.toml';

/**
 * The text of a file in UTF-8, without a byte order mark.
 * @throws UnreadableFile
 */
export function readText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(readFileSync(file));
  } catch (error) {
    throw new UnreadableFile(whyUnreadable(error), errorCode(error) === 'ENOENT', { cause: error });
  }
}

/** The message ends the sentence `FILE …`. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';

  constructor(
    message: string,
    readonly isMissing: boolean,
    options: ErrorOptions,
  ) {
    super(message, options);
  }
}

function whyUnreadable(error: unknown): string {
  switch (errorCode(error) ?? '') {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'is not there';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read by this user';
    case 'EISDIR':
      return 'is a folder, not a file';
    case 'ERR_ENCODING_INVALID_ENCODED_DATA':
      return 'is not UTF-8: save it as UTF-8';
    default:
      return `cannot be read (${String(errorCode(error) ?? error)})`;
  }
}

/** What `--config` named cannot be read. */
export function unreadableConfig(file: string, error: UnreadableFile): Fault {
  const what = error.isMissing
    ? `There is no configuration file at ${file}; write one with "simpost config print --defaults > ${file}", or name another with --config.`
    : `The configuration file ${file} ${error.message}.`;
  return new Fault('configInvalid', what, [], { cause: error });
}
