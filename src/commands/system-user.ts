import { userInfo } from 'node:os';

/** Who runs this command, as the audit log names them: `cli:` and the user of the system, or its number where it has no name. */
export function cliActor(): string {
  try {
    return `cli:${userInfo().username}`;
  } catch {
    return `cli:${process.getuid?.() ?? 'unknown'}`;
  }
}
