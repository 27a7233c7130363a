import { constants } from 'node:fs';
import { access, open, stat } from 'node:fs/promises';
import { isatty } from 'node:tty';
import { errorCode } from '../base/error-code.ts';
import { Fault } from '../base/fault.ts';
import { whoHolds } from './openers.ts';

/**
 * What the system says of a path before it is opened, since the driver's own errors carry no codes.
 * @throws Fault `portGone`, `portNotSerial`, `portForbidden`
 */
export async function examine(path: string): Promise<void> {
  const facts = await stat(path).catch((error: unknown) => {
    if (errorCode(error) === 'EACCES') throw forbidden(path, error);
    throw new Fault('portGone', `There is no port ${path}.`, [], { cause: error });
  });
  if (!facts.isCharacterDevice()) throw notSerial(path);
  await access(path, constants.R_OK | constants.W_OK).catch((error: unknown) => {
    throw forbidden(path, error);
  });
}

/** Why a port that was examined could not be opened all the same: asked only now, because asking means opening it. */
export async function whyNotOpened(path: string, cause: unknown): Promise<Fault> {
  try {
    const handle = await open(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
    const isTerminal = isatty(handle.fd);
    await handle.close();
    return isTerminal ? await busy(path, cause) : notSerial(path);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EACCES' || code === 'EPERM') return forbidden(path, error);
    if (code === 'EBUSY') return await busy(path, cause);
    return new Fault('portGone', `The port ${path} is there and does not open: its device is gone.`, [], {
      cause: error,
    });
  }
}

const notSerial = (path: string): Fault => new Fault('portNotSerial', `${path} is not a serial port.`);

const forbidden = (path: string, cause: unknown): Fault =>
  new Fault('portForbidden', `The port ${path} may not be used by this user: permission denied.`, [], { cause });

async function busy(path: string, cause: unknown): Promise<Fault> {
  return new Fault('portBusy', `The port ${path} cannot be opened: ${await whoHolds(path)} has this port open.`, [], { cause });
}
